/* guard.cc: what a C++ handler throws becomes a 500.
 *
 * Linked by `robync build` into servers that have handlers in C++, and compiled there, with the very C++
 * compiler and library that the handlers use. Emitted C is compiled with -fexceptions then, so that an
 * exception can pass through it. An outcome that nobody set is a failed one. */
#include <exception>

#include <robync/generated.h>

extern "C" void rob_call_guarded(const rob_endpoint *endpoint, rob_ctx *ctx, const void *in, void *out)
{
    try {
        endpoint->call(ctx, in, out);
    } catch (const std::exception &e) {
        rob_log(ctx, "the handler threw: %s", e.what());
    } catch (...) {
        rob_log(ctx, "the handler threw what is no std::exception");
    }
}
