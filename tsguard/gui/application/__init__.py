"""Parts of the application page: the programme, and the form that it asks for."""
