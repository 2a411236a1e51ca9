#include "trainers/losses.h"

#include <torch/torch.h>

namespace hone {

at::Tensor label_loss(const at::Tensor& outputs, const at::Tensor& targets, double label_smoothing) {
  if (!targets.is_floating_point()) {
    return at::cross_entropy_loss(outputs, targets, /*weight=*/{}, at::Reduction::Mean, /*ignore_index=*/-100,
                                  label_smoothing);
  }
  return at::mse_loss(outputs.squeeze(1), targets);
}

at::Tensor teacher_loss(const at::Tensor& outputs, const at::Tensor& teacher, double temperature, bool classification) {
  if (!classification) return at::mse_loss(outputs, teacher);
  const at::Tensor student_log = at::log_softmax(outputs / temperature, 1);
  const at::Tensor teacher_log = at::log_softmax(teacher / temperature, 1);
  const at::Tensor distance = (teacher_log.exp() * (teacher_log - student_log)).sum();
  return distance * (temperature * temperature / static_cast<double>(outputs.size(0)));
}

}  // namespace hone
