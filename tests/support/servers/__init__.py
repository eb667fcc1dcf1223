"""Mail servers on this machine for the tests: real ones where there are any, else doubles that refuse what the real ones refuse."""
