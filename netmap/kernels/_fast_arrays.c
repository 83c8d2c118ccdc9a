/* Buffers from Python, checked before a kernel reads them: type, layout, size, and every position in a graph. */
#include "_fast.h"

static int is_kind(const Py_buffer *view, char kind) {
    const char *format = view->format == NULL ? "B" : view->format;
    if (*format == '@' || *format == '=') format++;
    if (format[0] == '\0' || format[1] != '\0') return 0;
    switch (kind) {
    case 'i': return view->itemsize == 4 && strchr("il", *format) != NULL;
    case 'q': return view->itemsize == 8 && strchr("lq", *format) != NULL;
    case 'd': return view->itemsize == 8 && *format == 'd';
    default: return view->itemsize == 1 && strchr("bB?", *format) != NULL;
    }
}

static const char *kind_name(char kind) {
    switch (kind) {
    case 'i': return "int32";
    case 'q': return "int64";
    case 'd': return "float64";
    default: return "bytes";
    }
}

int nm_take(Array *array, PyObject *object, char kind, int writable, int64_t size, const char *name) {
    array->held = 0;
    array->data = NULL;
    array->size = 0;
    if (PyObject_GetBuffer(object, &array->view, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT | (writable ? PyBUF_WRITABLE : 0)) < 0) {
        PyErr_Format(PyExc_ValueError, "%s has to be %s contiguous array of %s", name, writable ? "a writable," : "a",
                     kind_name(kind));
        return -1;
    }
    array->held = 1;
    if (!is_kind(&array->view, kind)) {
        PyErr_Format(PyExc_ValueError, "%s has to be an array of %s", name, kind_name(kind));
        return -1;
    }
    array->data = array->view.buf;
    array->size = (int64_t)(array->view.len / array->view.itemsize);
    if ((uintptr_t)array->data % (uintptr_t)array->view.itemsize != 0) {
        PyErr_Format(PyExc_ValueError, "%s has to be aligned", name);
        return -1;
    }
    if (size >= 0 && array->size != size) {
        PyErr_Format(PyExc_ValueError, "%s holds %lld values, not %lld", name, (long long)array->size, (long long)size);
        return -1;
    }
    return 0;
}

int nm_take_optional(Array *array, PyObject *object, char kind, int writable, int64_t size, const char *name) {
    if (object == Py_None) {
        array->held = 0;
        array->data = NULL;
        array->size = 0;
        return 0;
    }
    return nm_take(array, object, kind, writable, size, name);
}

void nm_let_go(Array *array) {
    if (array->held) PyBuffer_Release(&array->view);
    array->held = 0;
}

int nm_take_graph(Graph *graph, PyObject *indptr, PyObject *indices) {
    if (nm_take(&graph->indptr_array, indptr, 'q', 0, -1, "indptr") < 0) return -1;
    if (nm_take(&graph->indices_array, indices, 'i', 0, -1, "indices") < 0) return -1;
    graph->n = graph->indptr_array.size - 1;
    graph->arcs = graph->indices_array.size;
    graph->indptr = graph->indptr_array.data;
    graph->indices = graph->indices_array.data;
    if (graph->n < 0) {
        PyErr_SetString(PyExc_ValueError, "indptr holds no value");
        return -1;
    }
    if (graph->n >= NM_MOST || graph->arcs >= NM_MOST) {
        PyErr_SetString(PyExc_OverflowError, "a graph of 2^31 nodes or arcs is too large");
        return -1;
    }
    int64_t before = 0, falls = graph->indptr[0] != 0;
    for (int64_t i = 0; i <= graph->n; i++) {
        falls |= graph->indptr[i] < before;
        before = graph->indptr[i];
    }
    if (falls || before != graph->arcs) {
        PyErr_SetString(PyExc_ValueError, "indptr has to rise from 0 to the number of arcs");
        return -1;
    }
    return nm_check_ids(graph->indices, graph->arcs, graph->n, "indices");
}

void nm_let_go_graph(Graph *graph) {
    nm_let_go(&graph->indptr_array);
    nm_let_go(&graph->indices_array);
}

int nm_check_ids(const int32_t *ids, int64_t count, int64_t below, const char *name) {
    /* As unsigned numbers, negative ones are too large as well. */
    uint32_t limit = (uint32_t)below;
    int outside = 0;
    for (int64_t i = 0; i < count; i++) outside |= (uint32_t)ids[i] >= limit;
    if (outside) {
        PyErr_Format(PyExc_ValueError, "%s names a position outside 0 to %lld", name, (long long)below - 1);
        return -1;
    }
    return 0;
}

int nm_check_memory(const void *pointer) {
    if (pointer != NULL) return 0;
    PyErr_NoMemory();
    return -1;
}
