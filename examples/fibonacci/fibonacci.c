#include "fib/handlers.h"

static int64_t fibonacci(int64_t n)
{
    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

fib_fibonacci_out fib_fibonacci(rob_ctx *ctx, const fib_fibonacci_in *in)
{
    (void)ctx;
    return fib_fibonacci_ok(&(fib_fibonacci_response){.n = in->n, .value = fibonacci(in->n)});
}
