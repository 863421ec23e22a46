#include "hello/handlers.h"

hello_hello_out hello_hello(rob_ctx *ctx, const hello_hello_in *in)
{
    rob_str message = rob_format(ctx, in->shout ? "HELLO, %.*s!" : "Hello, %.*s.", ROB_STR_ARG(in->name));
    return hello_hello_ok(&(hello_hello_response){.message = message});
}
