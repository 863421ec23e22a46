#include "nfa.h"

/* Thompson's construction from right to left: each node is built with where to go when it is done. */
typedef struct builder {
    rob_arena *arena;
    nfa *out;
    uint32_t steps; /* nodes visited, copies of repetitions included */
    bool failed;
} builder;

static bool grow(builder *b)
{
    nfa *out = b->out;
    uint32_t cap = out->cap ? out->cap * 2 : 64;
    nfa_state *states =
        rob_arena_grow(b->arena, out->states, out->cap * sizeof *states, cap * sizeof *states);
    if (!states || cap > MAX_NFA_STATES) return false;
    out->states = states;
    out->cap = cap;
    return true;
}

static uint32_t add(builder *b, nfa_kind kind, uint32_t next, uint32_t value)
{
    if (b->out->count == b->out->cap && !grow(b)) {
        b->failed = true;
        return NFA_MATCHED;
    }
    b->out->states[b->out->count] = (nfa_state){kind, next, value};
    return b->out->count++;
}

static uint32_t build(builder *b, const node *n, uint32_t next);

static uint32_t build_repeat(builder *b, const node *n, uint32_t next)
{
    uint32_t entry = next, copies = n->least;
    if (n->most == REPEAT_FOREVER) {
        uint32_t loop = add(b, NFA_SPLIT, NFA_MATCHED, next);
        uint32_t body = build(b, n->last, loop);
        if (!b->failed) b->out->states[loop].next = body;
        entry = copies > 0 ? body : loop;
        copies -= copies > 0;
    } else {
        for (uint32_t i = n->least; i < n->most && !b->failed; i++) {
            entry = add(b, NFA_SPLIT, build(b, n->last, entry), next);
        }
    }
    for (; copies > 0 && !b->failed; copies--) entry = build(b, n->last, entry);
    return entry;
}

static uint32_t build(builder *b, const node *n, uint32_t next)
{
    if (++b->steps > MAX_NFA_STATES * 4) b->failed = true;
    if (b->failed) return NFA_MATCHED;
    uint32_t entry = next;
    switch (n->kind) {
    case NODE_EMPTY: return next;
    case NODE_SET: return add(b, NFA_SET, next, n->value);
    case NODE_LOOK: return add(b, NFA_LOOK, next, n->value);
    case NODE_REPEAT: return build_repeat(b, n, next);
    case NODE_CONCAT:
        for (const node *child = n->last; child; child = child->before) entry = build(b, child, entry);
        return entry;
    case NODE_ALTERNATE:
        entry = build(b, n->last, next);
        for (const node *child = n->last->before; child; child = child->before) {
            entry = add(b, NFA_SPLIT, build(b, child, next), entry);
        }
        return entry;
    }
    return next;
}

bool nfa_build(rob_arena *arena, const syntax *pattern, nfa *out)
{
    *out = (nfa){0};
    builder b = {.arena = arena, .out = out};
    add(&b, NFA_MATCH, 0, 0);
    out->start = build(&b, pattern->root, NFA_MATCHED);
    return !b.failed;
}
