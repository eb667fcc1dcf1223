"""The nouns: what an OGSM plan consists of, in the words of the people who use it.

Immutable, standard library only; touches no disk, network, clock or log.
"""
