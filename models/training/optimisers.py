"""Adam and Muon over named parameters, with a state that can be saved by name.

Muon (Jordan et al., 2024) steps hidden matrices along the orthogonal factor of their momentum, found by Newton-Schulz
iterations; everything else (embeddings, biases, norms) takes Adam's step. Updates are scaled to the size of Adam's
(0.2 sqrt(max(rows, columns)), Liu et al., 2025), so that one learning rate serves both. Matrices of one shape are iterated
together in one batched product.
"""

import torch


class Adam:
    """Adam with decoupled bookkeeping; betas 0.9 and 0.98 as Marian uses them."""

    def __init__(self, named, betas=(0.9, 0.98), eps=1e-9):
        self.named, self.betas, self.eps = list(named), betas, eps
        self.moments = {name: (torch.zeros_like(p), torch.zeros_like(p)) for name, p in self.named}
        self.count = 0

    @torch.no_grad()
    def step(self, rate):
        self.count += 1
        parameters = [p for _, p in self.named if p.grad is not None]
        gradients = [p.grad for p in parameters]
        first = [self.moments[name][0] for name, p in self.named if p.grad is not None]
        second = [self.moments[name][1] for name, p in self.named if p.grad is not None]
        torch._fused_adam_(
            parameters,
            gradients,
            first,
            second,
            [],
            [torch.tensor(float(self.count), device=p.device) for p in parameters],
            lr=rate,
            beta1=self.betas[0],
            beta2=self.betas[1],
            weight_decay=0.0,
            eps=self.eps,
            amsgrad=False,
            maximize=False,
        )

    def state(self):
        return {"count": self.count, "moments": self.moments}

    def load(self, state):
        self.count = state["count"]
        for name, own in self.moments.items():
            if name in state["moments"]:
                for mine, theirs in zip(own, state["moments"][name]):
                    mine.copy_(theirs)


def orthogonal_factor(matrices: torch.Tensor, bf16: bool, iterations: int = 5) -> torch.Tensor:
    """[n, rows, columns] -> nearly U V^T of each, by a quintic Newton-Schulz iteration in bfloat16 or float32."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = matrices / (matrices.norm(dim=(1, 2), keepdim=True) + 1e-7)
    x = x.bfloat16() if bf16 else x
    tall = x.shape[1] > x.shape[2]
    if tall:
        x = x.transpose(1, 2)
    for _ in range(iterations):
        square = torch.bmm(x, x.transpose(1, 2))
        polynomial = torch.baddbmm(square, square, square, beta=b, alpha=c)
        x = torch.baddbmm(x, polynomial, x, beta=a)
    return (x.transpose(1, 2) if tall else x).float()


class Muon:
    def __init__(self, named, momentum=0.95, bf16=True, together=None):
        """bf16: whether to iterate in it; a processor without such products takes seven times as long.
        together: the processes of one run (`train.Together`), each of which iterates its share of the matrices."""
        named = list(named)
        self.bf16, self.together, self.exchange = bf16, together, None
        self.hidden = [(n, p) for n, p in named if p.ndim == 2 and "shared" not in n]
        hidden = {n for n, _ in self.hidden}
        self.adam = Adam([(n, p) for n, p in named if n not in hidden])
        self.momentum = momentum
        self.velocity = {n: torch.zeros_like(p) for n, p in self.hidden}
        self.shapes: dict = {}
        for n, p in self.hidden:
            self.shapes.setdefault(tuple(p.shape), []).append((n, p))

    @torch.no_grad()
    def step(self, rate):
        self.adam.step(rate)
        count, rank = (self.together.count, self.together.rank) if self.together else (1, 0)
        # a batch without links has no gradient for the aligner
        present = {shape: [(n, p) for n, p in members if p.grad is not None] for shape, members in self.shapes.items()}
        updates = {}
        for members in filter(None, present.values()):
            directions = []
            for name, p in members:
                velocity = self.velocity[name].lerp_(p.grad, 1 - self.momentum)
                directions.append(p.grad.lerp(velocity, self.momentum))  # Nesterov
            if directions[rank::count]:
                own = orthogonal_factor(torch.stack(directions[rank::count]), self.bf16)
                updates.update(zip([name for name, _ in members[rank::count]], own))
        if count > 1:
            updates = self.exchanged(updates, present)
        for shape, members in present.items():
            scale = -rate * 0.2 * max(shape) ** 0.5
            for name, p in members:
                p.add_(updates[name], alpha=scale)

    def exchanged(self, own, present):
        """The updates of all processes. Each writes into a vector of its own, in memory that all see, and no process gets
        to its next update before all have read this one: their gradients are averaged in between."""
        if self.exchange is None:
            self.exchange = self.together.map(sum(p.numel() for _, p in self.hidden))
        updates, at = {}, 0
        for members in present.values():
            for i, (name, p) in enumerate(members):
                rank = i % self.together.count
                updates[name] = self.exchange[rank][at : at + p.numel()].view_as(p)
                if rank == self.together.rank:
                    updates[name].copy_(own[name])
                at += p.numel()
        self.together.meet()
        return updates

    def state(self):
        return {"adam": self.adam.state(), "velocity": self.velocity}

    def load(self, state):
        if "velocity" in state:
            self.adam.load(state["adam"])
            for name, mine in self.velocity.items():
                mine.copy_(state["velocity"][name])
        else:  # from Adam: its first moments are the velocities
            self.adam.load(state)
            for name, mine in self.velocity.items():
                mine.copy_(state["moments"][name][0])


def optimiser(kind, named, bf16, together=None):
    return Adam(named) if kind == "adam" else Muon(named, bf16=bf16, together=together)
