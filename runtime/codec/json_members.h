/* json_members.h: the members of a JSON object as Python's dict would hold them.
 *
 * Of several members with one name the last value counts, at the place of the first. Takes
 * O(n log n) comparisons whatever the names are. */
#ifndef ROB_CODEC_JSON_MEMBERS_H
#define ROB_CODEC_JSON_MEMBERS_H

#include "json_reader.h"

typedef struct rob_json_member {
    rob_str key;    /* unescaped; borrowed from the text or arena */
    uint32_t name;  /* node indexes */
    uint32_t value;
} rob_json_member;

typedef struct rob_json_members {
    rob_json_member *items; /* arena */
    uint32_t count;
} rob_json_members;

/* object: a node of kind ROB_JSON_OBJECT. False when memory is out. */
ROB_NODISCARD bool rob_json_list_members(const rob_json_doc *doc, const rob_json_node *object, rob_arena *arena,
                                         rob_json_members *out);

/* Sort pointers by key, then by `name`. items has room for twice as many; the result is in one half. */
rob_json_member **rob_json_sort_members(rob_json_member **items, size_t count);

#endif
