### project
