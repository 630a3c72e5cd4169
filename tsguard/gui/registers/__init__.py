"""What every register's page is made of: a list with filters, a side form that saves itself."""
