/* hooks.c: functions that run at the server's start and at its end. */
#include "bridge.h"

bool hooks_run(const char *kind)
{
    PyObject *hooks = package_get("_hooks");
    PyObject *some = hooks ? PyDict_GetItemString(hooks, kind) : NULL; /* borrowed */
    bool none = some && PyList_Check(some) && PyList_GET_SIZE(some) == 0;
    Py_XDECREF(hooks);
    if (none) return true; /* asyncio need not load */
    PyObject *module = PyImport_ImportModule("robync._loop");
    PyObject *done = module ? PyObject_CallMethod(module, "run_hooks", "s", kind) : NULL;
    Py_XDECREF(module);
    Py_XDECREF(done);
    return done != NULL;
}
