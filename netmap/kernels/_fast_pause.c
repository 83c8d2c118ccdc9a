/* Long loops give way to Ctrl-C: where none of Python's lock is held, and from time to time, they ask whether to stop. */
#include "_fast.h"

/* About how many arcs are followed between two questions: some milliseconds. */
#define EVERY 1000000

void nm_go(Pause *p, const Array *stop) {
    p->stop = stop == NULL ? NULL : stop->data;
    p->left = EVERY;
    p->stopped = 0;
    p->state = PyEval_SaveThread();
}

int nm_pause(Pause *p, int64_t done) {
    p->left -= done;
    if (p->left > 0 || p->stopped) return p->stopped;
    p->left = EVERY;
    if (p->stop != NULL) {
        p->stopped = *p->stop != 0;
        return p->stopped;
    }
    /* Without a flag this may be the thread that signals come to. */
    PyEval_RestoreThread(p->state);
    p->stopped = PyErr_CheckSignals() < 0 ? -1 : 0;
    p->state = PyEval_SaveThread();
    return p->stopped;
}

int nm_end(Pause *p, int failed) {
    PyEval_RestoreThread(p->state);
    if (p->stopped > 0) PyErr_SetNone(PyExc_KeyboardInterrupt);
    if (p->stopped) return -1;
    if (failed) PyErr_NoMemory();
    return failed ? -1 : 0;
}
