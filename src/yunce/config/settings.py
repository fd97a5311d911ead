SECRET_KEY = "x"
USE_TZ = True
