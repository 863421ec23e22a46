/* cases_test.h: what Pydantic's engine says (cases.txt, written by make_cases.py). */
#ifndef CASES_TEST_H
#define CASES_TEST_H

/* Every line holds; the number of lines. */
unsigned cases_hold(const char *path);

#endif
