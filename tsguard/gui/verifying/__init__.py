"""Parts of 核验文件: the choice of a file, what was found of it, and the score added up again."""
