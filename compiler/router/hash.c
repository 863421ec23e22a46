/* Perfect hashes by hash and displace: keys fall into buckets, and each bucket, the fullest first, is
 * moved as a whole to where all of its keys find free slots. A few keys need one bucket only. */
#include "router.h"

#include <stdlib.h>

enum {
    ONE_BUCKET_LIMIT = 24, /* keys up to which multipliers are tried with a single bucket */
    ONE_BUCKET_TRIES = 64, /* multipliers for each table size */
    TRIES = 64,
    MAX_KEYS = 1 << 19     /* 20 bits of the hash choose the slot, 20 the bucket */
};

uint64_t router_text_key(rob_str path, uint64_t multiplier)
{
    uint64_t key = path.len;
    for (size_t at = 0; at < path.len; at += 8) {
        uint64_t word = 0;
        for (size_t i = 0; i < 8 && at + i < path.len; i++) {
            word |= (uint64_t)(unsigned char)path.ptr[at + i] << 8 * i;
        }
        key = (key ^ word) * multiplier;
        key ^= key >> 32;
    }
    return key;
}

static uint64_t key_of(const router_hash *hash, rob_str path)
{
    if (hash->position_count == 0) return router_text_key(path, hash->multiplier);
    uint64_t key = path.len & 0xff;
    for (unsigned i = 0; i < hash->position_count; i++) {
        size_t at = hash->positions[i];
        key |= (uint64_t)(unsigned char)path.ptr[at < path.len ? at : 0] << 8 * (i + 1);
    }
    return key;
}

static uint64_t mix(uint64_t key, uint64_t multiplier)
{
    key *= multiplier;
    key ^= key >> 32;
    return key * multiplier;
}

static uint32_t slot_bits(uint64_t h) { return (uint32_t)(h >> 24); }
static uint32_t bucket_bits(uint64_t h) { return (uint32_t)(h >> 44); }

uint32_t router_hash_slot(const router_hash *hash, rob_str path)
{
    uint64_t h = mix(key_of(hash, path), hash->multiplier);
    return (slot_bits(h) + hash->displacement[bucket_bits(h) & hash->bucket_mask]) & hash->slot_mask;
}

/* ------------------------------------------------------------------ positions */

/* Paths in groups whose members the length and the positions chosen so far do not tell apart. */
typedef struct partition {
    const router_static *statics;
    uint32_t *order; /* members, group by group */
    uint32_t *group; /* group of order[i]; ascending */
    uint32_t *spare; /* as long, scratch */
    uint32_t count;
} partition;

static unsigned byte_at(const partition *p, uint32_t i, size_t position)
{
    rob_str path = p->statics[p->order[i]].path;
    return (unsigned char)path.ptr[position < path.len ? position : 0];
}

static uint32_t group_end(const partition *p, uint32_t start)
{
    uint32_t end = start + 1;
    while (end < p->count && p->group[end] == p->group[start]) end++;
    return end;
}

/* How many groups there would be if this position were added. */
static uint32_t count_groups(const partition *p, size_t position)
{
    uint32_t groups = 0;
    for (uint32_t start = 0, end; start < p->count; start = end) {
        uint64_t seen[4] = {0};
        end = group_end(p, start);
        for (uint32_t i = start; i < end; i++) {
            unsigned byte = byte_at(p, i, position);
            uint64_t bit = (uint64_t)1 << byte % 64;
            groups += !(seen[byte / 64] & bit);
            seen[byte / 64] |= bit;
        }
    }
    return groups;
}

/* Split one group by a byte (a counting sort); gives the next unused group number. */
static uint32_t split_group(partition *p, uint32_t start, uint32_t end, size_t position, uint32_t group)
{
    uint32_t at[257] = {0};
    for (uint32_t i = start; i < end; i++) at[byte_at(p, i, position) + 1]++;
    for (unsigned b = 0; b < 256; b++) at[b + 1] += at[b];
    for (uint32_t i = start; i < end; i++) {
        p->spare[start + at[byte_at(p, i, position)]++] = p->order[i];
    }
    memcpy(p->order + start, p->spare + start, (end - start) * sizeof *p->order);
    for (uint32_t i = start; i < end; i++) {
        if (i > start && byte_at(p, i, position) != byte_at(p, i - 1, position)) group++;
        p->spare[i] = group;
    }
    return group + 1;
}

static void split(partition *p, size_t position)
{
    uint32_t next = 0;
    for (uint32_t start = 0, end; start < p->count; start = end) {
        end = group_end(p, start);
        next = split_group(p, start, end, position, next);
    }
    memcpy(p->group, p->spare, p->count * sizeof *p->group);
}

/* The first groups are those of equal length, which the order of statics makes runs. */
static bool start_partition(partition *p, rob_arena *arena)
{
    p->order = rob_arena_alloc(arena, p->count * sizeof *p->order);
    p->group = rob_arena_alloc(arena, p->count * sizeof *p->group);
    p->spare = rob_arena_alloc(arena, p->count * sizeof *p->spare);
    if (!p->order || !p->group || !p->spare) return false;
    uint32_t group = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        if (i > 0 && p->statics[i].path.len != p->statics[i - 1].path.len) group++;
        p->order[i] = i;
        p->group[i] = group;
    }
    return true;
}

/* Greedy: the position that splits most, until each path is alone. None are left in hash when the
 * positions do not suffice: then the key is made of all bytes. */
static bool choose_positions(rob_arena *arena, const router_static *statics, uint32_t count,
                             router_hash *hash)
{
    partition p = {.statics = statics, .count = count};
    size_t longest = statics[count - 1].path.len;
    hash->position_count = 0;
    if (longest > 255) return true;
    if (!start_partition(&p, arena)) return false;
    uint32_t groups = p.group[count - 1] + 1;
    while (groups < count || hash->position_count == 0) {
        size_t best = 0;
        uint32_t most = groups;
        for (size_t position = 1; position < longest && most < count; position++) {
            uint32_t split_into = count_groups(&p, position);
            if (split_into > most) most = split_into, best = position;
        }
        if (hash->position_count == ROUTER_MAX_POSITIONS || (most == groups && groups < count)) {
            hash->position_count = 0;
            return true;
        }
        hash->positions[hash->position_count++] = (uint16_t)best;
        split(&p, best);
        groups = most;
    }
    return true;
}

/* ------------------------------------------------------------------ buckets */

typedef struct placement {
    router_hash *hash;
    uint64_t *hashes;    /* of each key */
    uint32_t *by_bucket; /* keys, the fullest bucket first */
    uint32_t *size;      /* keys in each bucket */
    uint32_t *start;     /* scratch, as many as there are buckets plus 1 */
    uint32_t *slots, *displacement;
    uint32_t count;
} placement;

static uint32_t bucket_of(const placement *p, uint32_t key)
{
    return bucket_bits(p->hashes[key]) & p->hash->bucket_mask;
}

/* Buckets in order of size by a counting sort, then keys in order of buckets. */
static void sort_by_bucket(placement *p)
{
    uint32_t buckets = p->hash->bucket_mask + 1, at = 0, largest = 0;
    memset(p->size, 0, buckets * sizeof *p->size);
    for (uint32_t i = 0; i < p->count; i++) {
        uint32_t size = ++p->size[bucket_of(p, i)];
        if (size > largest) largest = size;
    }
    for (uint32_t size = largest; size > 0; size--) {
        for (uint32_t b = 0; b < buckets; b++) {
            if (p->size[b] != size) continue;
            p->start[b] = at;
            at += size;
        }
    }
    for (uint32_t i = 0; i < p->count; i++) p->by_bucket[p->start[bucket_of(p, i)]++] = i;
}

/* Take slots for keys[0..n) moved by `by`; nothing is taken when one is not free. */
static bool take_slots(placement *p, const uint32_t *keys, uint32_t n, uint32_t by)
{
    for (uint32_t i = 0; i < n; i++) {
        uint32_t *slot = &p->slots[(slot_bits(p->hashes[keys[i]]) + by) & p->hash->slot_mask];
        if (*slot != ROUTER_NONE) {
            while (i-- > 0) p->slots[(slot_bits(p->hashes[keys[i]]) + by) & p->hash->slot_mask] = ROUTER_NONE;
            return false;
        }
        *slot = keys[i];
    }
    return true;
}

static bool place_bucket(placement *p, const uint32_t *keys, uint32_t n)
{
    uint32_t last = p->hash->bucket_mask == 0 ? 0 : p->hash->slot_mask;
    for (uint32_t by = 0; by <= last; by++) {
        if (!take_slots(p, keys, n, by)) continue;
        p->displacement[bucket_of(p, keys[0])] = by;
        return true;
    }
    return false;
}

/* One attempt with the multiplier and masks in p->hash. */
static bool place(placement *p, const router_static *statics)
{
    for (uint32_t i = 0; i < p->count; i++) {
        p->hashes[i] = mix(key_of(p->hash, statics[i].path), p->hash->multiplier);
    }
    memset(p->slots, 0xff, (p->hash->slot_mask + 1) * sizeof *p->slots);
    memset(p->displacement, 0, (p->hash->bucket_mask + 1) * sizeof *p->displacement);
    sort_by_bucket(p);
    for (uint32_t at = 0, n; at < p->count; at += n) {
        n = p->size[bucket_of(p, p->by_bucket[at])];
        if (!place_bucket(p, p->by_bucket + at, n)) return false;
    }
    return true;
}

/* Multipliers are the outputs of SplitMix64, made odd: arbitrary, the same in every build. */
static uint64_t next_multiplier(uint64_t *seed)
{
    uint64_t z = *seed += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return (z ^ z >> 31) | 1;
}

static bool try_multipliers(placement *p, const router_static *statics, unsigned tries)
{
    uint64_t seed = 0;
    for (unsigned i = 0; i < tries; i++) {
        p->hash->multiplier = next_multiplier(&seed);
        if (place(p, statics)) return true;
    }
    return false;
}

static uint32_t power_of_two(uint32_t least)
{
    uint32_t power = 1;
    while (power < least) power *= 2;
    return power;
}

static bool search(placement *p, const router_static *statics)
{
    uint32_t slots = power_of_two(p->count);
    if (p->count <= ONE_BUCKET_LIMIT) {
        p->hash->bucket_mask = 0;
        for (uint32_t size = slots; size <= slots * 4; size *= 2) {
            p->hash->slot_mask = size - 1;
            if (try_multipliers(p, statics, ONE_BUCKET_TRIES)) return true;
        }
    }
    p->hash->bucket_mask = power_of_two((p->count + 1) / 2 + 1) - 1;
    p->hash->slot_mask = power_of_two(p->count + p->count / 4 + 1) - 1;
    return try_multipliers(p, statics, TRIES);
}

bool router_hash_build(rob_arena *arena, const router_static *statics, uint32_t count, router_hash *out)
{
    if (count == 0 || count > MAX_KEYS) return false;
    size_t most_slots = (size_t)power_of_two(count) * 4, most_buckets = (size_t)power_of_two(count) + 2;
    placement p = {.hash = out,
                   .count = count,
                   .hashes = rob_arena_alloc(arena, count * sizeof *p.hashes),
                   .by_bucket = rob_arena_alloc(arena, count * sizeof *p.by_bucket),
                   .size = rob_arena_alloc(arena, most_buckets * sizeof *p.size),
                   .start = rob_arena_alloc(arena, most_buckets * sizeof *p.start),
                   .slots = rob_arena_alloc(arena, most_slots * sizeof *p.slots),
                   .displacement = rob_arena_alloc(arena, most_buckets * sizeof *p.displacement)};
    if (!p.hashes || !p.by_bucket || !p.size || !p.start || !p.slots || !p.displacement) return false;
    *out = (router_hash){.slots = p.slots, .displacement = p.displacement};
    if (!choose_positions(arena, statics, count, out)) return false;
    if (search(&p, statics)) return true;
    out->position_count = 0;
    return search(&p, statics);
}
