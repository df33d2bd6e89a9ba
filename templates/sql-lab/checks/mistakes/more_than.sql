SELECT Country AS country, COUNT(*) AS customers FROM Customer
GROUP BY Country HAVING COUNT(*) > 3 ORDER BY customers DESC, country;
