#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "search/samplers/acquisition_search.h"
#include "search/samplers/gp_embedding.h"
#include "search/samplers/observations.h"

namespace hone {

/// Side of the box to search next, as a share of the unit cube (TuRBO: Eriksson et al. 2019, §2): begins at .8, doubles
/// after 3 proposals in a row that were the best so far (at most 1.6) and halves after `patience` that were not; below
/// 2⁻⁷ it begins anew. A function of the trials that notes name as the region's own, in order of id; the others only
/// move its centre.
double trust_length(const std::vector<Observation>& observed, std::int64_t patience);

/// Proposals without gain after which the region shrinks: as many as dimensions (Eriksson et al. 2019) but, because a
/// short study must come to an end, at most a thirtieth of its trials; at least 4.
std::int64_t trust_patience(std::size_t dimensions, const std::optional<std::int64_t>& trials);

/// The box of that side around a unit point, stretched along each parameter by its length scale relative to the
/// geometric mean of all (ibid.) and cut to the unit cube. Parameters without an order keep their whole range.
SearchBox trust_box(const GpEmbedding& embedding, const std::vector<double>& centre, const std::vector<double>& lengths,
                    double length);

}  // namespace hone
