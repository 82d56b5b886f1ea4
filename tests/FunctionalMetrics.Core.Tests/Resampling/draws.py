"""The draws of the image bootstrap, as Draws defines them, in Python's whole numbers. usage: python3 draws.py"""
MASK = (1 << 64) - 1
STEP = 0x9E3779B97F4A7C15


def mixed(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def draws(seed, replicate, stratum, bound, count):
    state = (mixed(mixed((seed + STEP) & MASK) ^ replicate) + STEP * (stratum + 1)) & MASK
    state = mixed(state)
    limit, out = (1 << 64) // bound * bound, []
    while len(out) < count:
        state = (state + STEP) & MASK
        drawn = mixed(state)
        if drawn < limit:
            out.append(drawn % bound)
    return out


print([*draws(0, 0, 0, 1000, 6), *draws(1, 2, 1, 1000, 6), *draws(MASK, 1999, 0, 1000, 6)])
