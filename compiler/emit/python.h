/* python.h: what the emitters for Python share. Private to emit/.
 *
 * The models module and the bridge's tables must agree on names, so both ask here. */
#ifndef ROBYNC_EMIT_PYTHON_H
#define ROBYNC_EMIT_PYTHON_H

#include "c.h"

typedef struct python_emitter {
    c_emitter *c;
    rob_arena *arena;
    template t;         /* models.py.in */
    map taken, numbers; /* names in the module */
    rob_str *classes;   /* by ir_type.id: class of a MODEL or a named ENUM, alias of a TAGGED; else empty */
    rob_str **arms;     /* by ir_type.id of a TAGGED: class of each arm */
    const ir_outcome **errors; /* by ir_type.id: the outcome that a declared error's model belongs to, or NULL */
} python_emitter;

python_emitter python_emitter_new(c_emitter *c);

/* "store_models" */
rob_str python_models_name(c_emitter *c);

/* The models module: build/c/python/<models>/__init__.py */
rob_str python_models(python_emitter *p);

/* A spec's name as an attribute or parameter: keywords get an underscore. */
rob_str python_name(rob_arena *arena, rob_str name);

/* A type as a hint: "int", "list[Role]", "Card | None". */
rob_str python_type(const python_emitter *p, const ir_type *type);

/* A default as an expression. Empty when there is none that a constructor could have. */
rob_str python_default(const python_emitter *p, const ir_type *type, rob_str json);

/* python.c and the endpoints that name its functions. */
rob_str c_python(c_emitter *e, python_emitter *p);
void c_python_endpoint(c_emitter *e, uint32_t index, text *out);

#endif
