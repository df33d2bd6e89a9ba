SELECT BillingCountry AS country, COUNT(DISTINCT CustomerId) AS customers FROM Invoice
GROUP BY BillingCountry HAVING COUNT(DISTINCT CustomerId) >= 3 ORDER BY customers DESC, country;
