#pragma once

#include "trainers/models/family.h"

namespace hone {

/// The families; each stands in the .cpp of its name.
extern const Family kLinearFamily;
extern const Family kMlpFamily;
extern const Family kCnnFamily;
extern const Family kResnetFamily;

}  // namespace hone
