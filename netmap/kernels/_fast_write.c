/* Rows of a table as text: names, whole numbers as they are, others to twelve digits, NaN as nothing. */
#include "_fast.h"

#define DIGITS 12
#define WIDEST 32 /* bytes a number and its delimiter may take */

static const double TENS[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                              1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static char *whole(char *at, uint64_t value) {
    char digits[20];
    int count = 0;
    do digits[count++] = (char)('0' + value % 10);
    while (value /= 10);
    while (count > 0) *at++ = digits[--count];
    return at;
}

/* Write a number with at most DIGITS significant digits, whole ones in full; NULL without memory. */
static char *number(char *at, double value) {
    if (value != value) return at;
    if (value < 0) {
        *at++ = '-';
        value = -value;
    }
    if (value < 1e15 && value == (double)(uint64_t)value) return whole(at, (uint64_t)value);
    if (value >= 1e11 || value < 1e-4) {
        char *text = PyOS_double_to_string(value, 'g', DIGITS, 0, NULL);
        if (text == NULL) return NULL;
        size_t size = strlen(text);
        memcpy(at, text, size);
        PyMem_Free(text);
        return at + size;
    }
    /* The point goes after the first digit: scale to a whole number of DIGITS digits. */
    int power = -4;
    for (; power < 11 && value >= (power + 1 >= 0 ? TENS[power + 1] : 1.0 / TENS[-power - 1]); power++) continue;
    uint64_t digits = (uint64_t)(value * TENS[DIGITS - 1 - power] + 0.5);
    if (digits >= UINT64_C(1000000000000)) {
        digits /= 10;
        power++;
    }
    int places = DIGITS - 1 - power;
    for (; places > 0 && digits % 10 == 0; places--) digits /= 10;
    uint64_t scale = 1;
    for (int i = 0; i < places; i++) scale *= 10;
    at = whole(at, digits / scale);
    if (places == 0) return at;
    *at++ = '.';
    uint64_t rest = digits % scale;
    for (int i = places - 1; i >= 0; i--) {
        at[i] = (char)('0' + rest % 10);
        rest /= 10;
    }
    return at + places;
}

typedef struct {
    Array array;
    int whole;
} Column;

static PyObject *rows(PyObject *names, const Column *columns, Py_ssize_t width, int64_t first, int64_t stop) {
    int64_t room = 1;
    for (int64_t i = first; i < stop; i++) {
        Py_ssize_t size;
        PyObject *name = PySequence_GetItem(names, (Py_ssize_t)i);
        if (name == NULL || PyUnicode_AsUTF8AndSize(name, &size) == NULL) {
            Py_XDECREF(name);
            return NULL;
        }
        Py_DECREF(name);
        room += size + 2 + width * WIDEST;
    }
    char *text = malloc((size_t)room), *at = text;
    if (text == NULL) return PyErr_NoMemory();
    for (int64_t i = first; i < stop; i++) {
        Py_ssize_t size;
        PyObject *name = PySequence_GetItem(names, (Py_ssize_t)i);
        const char *held = name == NULL ? NULL : PyUnicode_AsUTF8AndSize(name, &size);
        if (held == NULL || at + size + 2 + width * WIDEST > text + room) {
            if (held != NULL) PyErr_SetString(PyExc_RuntimeError, "the names changed while they were written");
            Py_XDECREF(name);
            free(text);
            return NULL;
        }
        memcpy(at, held, (size_t)size);
        at += size;
        Py_DECREF(name);
        for (Py_ssize_t c = 0; c < width; c++) {
            *at++ = ',';
            if (columns[c].whole) {
                int64_t value = ((const int64_t *)columns[c].array.data)[i];
                if (value < 0) *at++ = '-';
                at = whole(at, value < 0 ? -(uint64_t)value : (uint64_t)value);
            } else {
                at = number(at, ((const double *)columns[c].array.data)[i]);
                if (at == NULL) {
                    free(text);
                    return NULL;
                }
            }
        }
        *at++ = '\n';
    }
    PyObject *out = PyBytes_FromStringAndSize(text, (Py_ssize_t)(at - text));
    free(text);
    return out;
}

/* write(names, columns, first, stop): the rows of a table, each a name and its value in every column, as bytes. */
PyObject *nm_write(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *names, *given, *out = NULL;
    long long first, stop;
    if (!PyArg_ParseTuple(args, "OOLL:write", &names, &given, &first, &stop)) return NULL;
    Py_ssize_t count = PySequence_Size(names), width = count < 0 ? -1 : PySequence_Size(given);
    if (width < 0) return NULL;
    if (first < 0 || stop < first || stop > count || width > 4096) {
        PyErr_SetString(PyExc_ValueError, "the rows lie outside the table, or it has too many columns");
        return NULL;
    }
    Column *columns = calloc((size_t)width + 1, sizeof(Column));
    if (columns == NULL) return PyErr_NoMemory();
    int good = 1;
    for (Py_ssize_t c = 0; good && c < width; c++) {
        PyObject *column = PySequence_GetItem(given, c);
        if (column == NULL) {
            good = 0;
            break;
        }
        if (nm_take(&columns[c].array, column, 'q', 0, count, "column") == 0) {
            columns[c].whole = 1;
        } else {
            nm_let_go(&columns[c].array);
            PyErr_Clear();
            good = nm_take(&columns[c].array, column, 'd', 0, count, "column") == 0;
        }
        Py_DECREF(column);
    }
    if (good) out = rows(names, columns, width, first, stop);
    for (Py_ssize_t c = 0; c < width; c++) nm_let_go(&columns[c].array);
    free(columns);
    return out;
}
