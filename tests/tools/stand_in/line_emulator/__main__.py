import sys

from answer import serve

serve(sys.argv[1:])
