### steps
