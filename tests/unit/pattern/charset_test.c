/* Sets of code points against plain arrays of bits, over the code points where something happens. */
#include "pattern/charset.h"

#include "check.h"

int failures;

enum { SIZE = 24 };
/* Small numbers stand for these, so that sets meet ASCII, surrogates and the end. */
static const uint32_t POINTS[SIZE] = {0,      1,      2,      9,      'a',    'b',      'c',      0x7f,
                                      0x80,   0x7ff,  0x800,  0xd7fe, 0xd7ff, 0xe000,   0xe001,   0xfffe,
                                      0xffff, 0x10000, 0x10001, 0x20000, 0x20001, 0x10fffd, 0x10fffe, 0x10ffff};

static uint64_t seed = 1;

static unsigned dice(unsigned sides)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % sides;
}

static charset roll(rob_arena *arena, bool bits[SIZE])
{
    charset set = charset_new(arena);
    memset(bits, 0, SIZE);
    for (unsigned n = dice(5); n > 0; n--) {
        unsigned lo = dice(SIZE), hi = lo + dice(SIZE - lo);
        if (!charset_add(&set, POINTS[lo], POINTS[hi])) exit(2);
        memset(bits + lo, 1, hi - lo + 1);
    }
    return set;
}

static void expect(const char *what, charset *set, const bool bits[SIZE])
{
    charset_sort(set);
    for (unsigned i = 0; i < SIZE; i++) {
        CHECK(charset_has(set, POINTS[i]) == bits[i], "%s: U+%04X is %d", what, POINTS[i], !bits[i]);
    }
    for (uint32_t i = 0; i < set->count; i++) {
        const char_range *r = &set->ranges[i];
        CHECK(r->lo <= r->hi && r->hi <= CHARSET_LAST, "%s: range", what);
        CHECK(i == 0 || r[-1].hi + 1 < r->lo, "%s: ranges %u and %u touch", what, i - 1, i);
        CHECK(r->hi < 0xd800 || r->hi > 0xdfff, "%s: ends at a surrogate", what);
    }
}

static void operations_agree_with_bits(rob_arena *arena)
{
    for (int round = 0; round < 3000; round++) {
        bool a_bits[SIZE], b_bits[SIZE], want[SIZE];
        charset a = roll(arena, a_bits), b = roll(arena, b_bits);
        unsigned operation = dice(5);
        bool ok = true;
        switch (operation) {
        case 0: ok = charset_negate(&a, CHARSET_LAST); break;
        case 1: ok = charset_intersect(&a, &b); break;
        case 2: ok = charset_subtract(&a, &b); break;
        case 3: ok = charset_exclusive_or(&a, &b); break;
        case 4: ok = charset_add_ranges(&a, b.ranges, b.count); break;
        }
        for (unsigned i = 0; i < SIZE; i++) {
            bool x = a_bits[i], y = b_bits[i];
            want[i] = (bool[]){!x, x && y, x && !y, x != y, x || y}[operation];
        }
        static const char *const NAMES[] = {"negate", "intersect", "subtract", "exclusive or", "union"};
        CHECK(ok, "memory");
        expect(NAMES[operation], &a, want);
        rob_arena_reset(arena);
    }
}

static void surrogates_are_no_code_points(rob_arena *arena)
{
    charset set = charset_new(arena);
    CHECK(charset_add(&set, 0xd800, 0xdfff), "memory");
    charset_sort(&set);
    CHECK(set.count == 0, "only surrogates: %u ranges", set.count);
    CHECK(charset_negate(&set, CHARSET_LAST) && set.count == 1 && set.ranges[0].hi == CHARSET_LAST, "all else");
    CHECK(charset_negate(&set, CHARSET_LAST) && set.count == 0, "nothing is left");
}

int main(void)
{
    rob_arena arena;
    rob_arena_init(&arena, 0);
    operations_agree_with_bits(&arena);
    surrogates_are_no_code_points(&arena);
    rob_arena_free(&arena);
    return failures != 0;
}
