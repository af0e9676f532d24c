#!/usr/bin/python3
"""Orders as docs/FORMAT.md, "Order", words them, written a second time.

Prints the cases of tests/unit/instrument/test_shuffle.c, then those of
tests/unit/session/test_session.c over tests/instruments/orders.json.
"""
M = (1 << 64) - 1


def fnv(text):
    h = 0xCBF29CE484222325
    for byte in text.encode():
        h = (h ^ byte) * 0x100000001B3 & M
    return h


class Generator:
    def __init__(self, seed, name):
        self.state = (seed + fnv(name)) & M

    def draw(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & M
        z = self.state
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & M
        z = (z ^ z >> 27) * 0x94D049BB133111EB & M
        return z ^ z >> 31

    def below(self, m):
        while True:
            x = self.draw()
            if x >= (1 << 64) % m:
                return x % m


def random(seed, name, n):
    g = Generator(seed, name)
    out = list(range(n))
    for i in range(n - 1, 0, -1):
        k = g.below(i + 1)
        out[i], out[k] = out[k], out[i]
    return out


def rotate(seed, name, n):
    k = Generator(seed, name).below(n)
    return [(k + i) % n for i in range(n)]


def balanced(seed, name, n):
    row = [0]
    for i in range(1, n):
        row.append((i + 1) // 2 if i % 2 else n - i // 2)
    rows = [[(x + r) % n for x in row] for r in range(n)]
    if n % 2:
        rows += [r[::-1] for r in rows]
    return rows[seed % len(rows)]


def walk(seed):
    """What orders.json shows when `tired` is answered 1 and all else is passed."""
    rows = [f"heard_{k + 1}" for k in random(seed, "heard", 4)]
    rest = [("walks", "naps", "books")[k] for k in balanced(seed, "rest", 3)]
    blocks = [rows, rest, ["helped"], ["tired", "why"]]
    return ["role_here", "hello"] + [
        item for k in random(seed, "blocks", 4) for item in blocks[k]]


if __name__ == "__main__":
    for word, order in ("RANDOM", random), ("ROTATE", rotate), ("BALANCED", balanced):
        for seed, name in (0, "heard"), (7, "heard"), (7, "role"), (9007199254740991, "x"):
            print(f'        {{ ATT_ORDER_{word}, {seed}, "{name}", '
                  f'"{"".join(map(str, order(seed, name, 7)))}" }},')
    for seed in 0, 1, 2026, 9007199254740991:
        print(f'        {{ {seed}, "{" ".join(walk(seed))}" }},')
