#include "trainers/augment.h"

#include <torch/torch.h>

#include "core/random.h"

namespace hone {
namespace {

/// Columns of the draws.
enum Draw : std::int64_t { kDown, kRight, kMirrored, kCutDown, kCutRight, kDraws };

at::Tensor draw(const TrainerOptions& options, std::uint64_t seed, std::int64_t epoch, const at::Tensor& images) {
  RandomStream random(seed, epoch, "augment");
  RandomStream halves(seed, 0, "flip");
  at::Tensor draws = at::zeros({images.size(0), kDraws}, at::TensorOptions(at::kLong));
  auto* row = draws.data_ptr<std::int64_t>();
  for (std::int64_t i = 0; i < images.size(0); ++i, row += kDraws) {
    if (options.shift > 0) {
      row[kDown] = random.index(2 * options.shift + 1) - options.shift;
      row[kRight] = random.index(2 * options.shift + 1) - options.shift;
    }
    if (options.flip) row[kMirrored] = (halves.index(2) + epoch) % 2;
    if (options.cutout > 0) {
      row[kCutDown] = random.index(images.size(2));
      row[kCutRight] = random.index(images.size(3));
    }
  }
  return draws;
}

/// Places beyond the ends of 0 … size − 1, reflected at the first and the last one.
at::Tensor reflected(const at::Tensor& places, std::int64_t size) { return size - 1 - (size - 1 - places.abs()).abs(); }

}  // namespace

bool augments(const TrainerOptions& options) { return options.shift > 0 || options.flip || options.cutout > 0; }

Augment::Augment(const TrainerOptions& options, std::uint64_t seed, std::int64_t epoch, const TensorData& train)
    : train_(train),
      cutout_(options.cutout),
      draws_(draw(options, seed, epoch, train.inputs).to(train.inputs.device())) {}

at::Tensor Augment::gather(const at::Tensor& index) const {
  const at::Tensor& images = train_.inputs;
  const at::Tensor draws = draws_.index_select(0, index);
  const auto column = [&](Draw which) { return draws.narrow(1, which, 1); };
  const at::Tensor down = at::arange(images.size(2), index.options()).unsqueeze(0);
  const at::Tensor right = at::arange(images.size(3), index.options()).unsqueeze(0);
  const at::Tensor mirrored = at::where(column(kMirrored).eq(1), images.size(3) - 1 - right, right);
  const at::Tensor from_down = reflected(down + column(kDown), images.size(2));
  const at::Tensor from_right = reflected(mirrored + column(kRight), images.size(3));
  const at::Tensor channels = at::arange(images.size(1), index.options());
  // One gather: every output pixel names the image, channel, row and column that it comes from.
  const at::Tensor raw = images.index({index.view({-1, 1, 1, 1}), channels.view({1, -1, 1, 1}),
                                       from_down.unsqueeze(1).unsqueeze(3), from_right.unsqueeze(1).unsqueeze(2)});
  at::Tensor inputs = train_.standardised(raw);
  if (cutout_ > 0) {
    const auto inside = [&](const at::Tensor& places, const at::Tensor& pixel) {
      const at::Tensor first = pixel - cutout_ / 2;
      return places.ge(first).logical_and(places.lt(first + cutout_));
    };
    const at::Tensor rows = inside(down, column(kCutDown)).unsqueeze(1).unsqueeze(3);
    const at::Tensor columns = inside(right, column(kCutRight)).unsqueeze(1).unsqueeze(2);
    inputs = inputs.masked_fill(rows.logical_and(columns), 0);
  }
  return inputs;
}

}  // namespace hone
