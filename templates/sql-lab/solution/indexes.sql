CREATE INDEX invoice_by_date ON Invoice (InvoiceDate);
