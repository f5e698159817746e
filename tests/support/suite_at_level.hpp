// TEST_AT_LEVEL(Suite, Name): a test of a source that is compiled at several optimisation levels; the suite's name says
// which.
#pragma once

#include <gtest/gtest.h>

#define ROTA_TEST_JOINED(suite, level, name) TEST(suite##level, name)
#define ROTA_TEST_EXPANDED(suite, level, name) ROTA_TEST_JOINED(suite, level, name)
#define TEST_AT_LEVEL(suite, name) ROTA_TEST_EXPANDED(suite, ROTA_LEVEL, name)
