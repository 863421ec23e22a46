/* names.h: every identifier that we print is made here.
 *
 * Types and functions are prefix_snake_case, enum constants PREFIX_UPPER_CASE; members are as the spec
 * writes them. Names that a person chose are claimed (a clash is an error that names both places);
 * names that we derive (list types, anonymous models, constructors) step aside with a number. The same
 * spec gives the same names: what is asked first gets the plain one. */
#ifndef ROBYNC_NAMES_H
#define ROBYNC_NAMES_H

#include "map.h"
#include "source.h"

typedef struct names {
    rob_arena *arena;
    rob_str prefix; /* "store" */
    rob_str upper;  /* "STORE" */
    map taken;      /* C name to the span that claimed it */
    map numbers;    /* C name to the number that its next twin gets */
} names;

/* prefix is an identifier in lower case. */
void names_init(names *n, rob_arena *arena, rob_str prefix);

/* "UserIn" and "user-in" give "user_in", "HTTPError" gives "http_error"; never empty, never a digit first. */
rob_str names_snake(rob_arena *arena, rob_str text);
/* The same in upper case. */
rob_str names_upper(rob_arena *arena, rob_str text);
/* "users_get" gives "UsersGet". */
rob_str names_pascal(rob_arena *arena, rob_str text);

/* prefix_ + snake case of text; not claimed. */
rob_str names_global(const names *n, rob_str text);

/* Take a name for the declaration at `at`. False, with where it was taken before, when it is not free. */
bool names_claim(names *n, rob_str c_name, span at, span *other);

/* A free name: wanted, else wanted_2, wanted_3 … Claimed for `at`. */
rob_str names_derive(names *n, rob_str wanted, span at);

/* The same among names of one's own: taken and numbers start empty; by is not NULL. */
rob_str names_free(rob_arena *arena, map *taken, map *numbers, rob_str wanted, void *by);

/* Whether a word cannot be a member in C11 or C++17: keywords, and macros of the standard headers. */
bool names_reserved(rob_str word);

/* word, or word_ when it is reserved. */
rob_str names_member(rob_arena *arena, rob_str word);

/* An operation id in the absence of a function: "/items/{id}", "GET" give "items_id_get". */
rob_str names_operation(rob_arena *arena, rob_str path, rob_str method);

/* "users_get" gives "Users Get", as Python's title() has it. */
rob_str names_title(rob_arena *arena, rob_str name);

/* A component name as Pydantic makes it: "Page[User]" gives "Page_User_". */
rob_str names_component(rob_arena *arena, rob_str name);

#endif
