"""The operators' console and the customers' portal: pages made on the server, small scripts of our own."""
