"""How measurements are made: noise on texts and the figures that are printed. The product itself never imports this."""
