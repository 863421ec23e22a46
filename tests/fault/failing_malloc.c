/* malloc and its kin for everything that is linked into the server (ld's --wrap), libmicrohttpd included,
 * failing when a test asks. The file named by FAULT_CONTROL is shared with the test. */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct control {
    atomic_long left;   /* calls until one fails; 0: none will */
    atomic_long failed; /* calls that have failed */
    atomic_long calls;
    atomic_long series; /* calls that fail one after the other */
} control;

static control idle, *shared = &idle;

__attribute__((constructor)) static void attach(void)
{
    const char *path = getenv("FAULT_CONTROL");
    int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (fd < 0) return;
    void *mapped = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (mapped != MAP_FAILED) shared = mapped;
    close(fd);
}

static bool fails(void)
{
    atomic_fetch_add(&shared->calls, 1);
    long left = atomic_load(&shared->left);
    if (left == 0) return false;
    atomic_fetch_sub(&shared->left, 1);
    if (left > 1) return false;
    if (atomic_fetch_sub(&shared->series, 1) > 1) atomic_store(&shared->left, 1);
    atomic_fetch_add(&shared->failed, 1);
    errno = ENOMEM;
    return true;
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails() ? NULL : __real_realloc(old, size);
}
