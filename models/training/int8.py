"""Eight-bit products that do not depend on what else is in the batch.

Every product with a constant matrix becomes an integer product: the weight has one scale a column, the activation one
scale a row, taken from that row alone. ONNX Runtime's own dynamic quantisation takes one scale from the whole batch, so
that a sentence's neighbours move its scores; a static scale needs calibration and clips what calibration had not seen.

    q = round(127 x / max|x|),    x W = (q Q) (max|x| / 127) diag(s),    W = Q diag(s)

What comes out of a ReLU has no sign and uses all 255 levels.

Uses com.microsoft.MatMulIntegerToFloat (in every ONNX Runtime build for CPUs), which scales columns inside the product.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

ZERO = 128  # signed activations are stored around 128: processors multiply unsigned by signed bytes


def quantise(path_in: str, path_out: str, weight_levels: int = 127):
    """Rewrites each MatMul whose second factor is a constant matrix. Errors grow with fewer `weight_levels`."""
    model = onnx.load(path_in)
    graph = model.graph
    constants = {tensor.name: tensor for tensor in graph.initializer}
    added = [
        numpy_helper.from_array(np.array(1 / 127, np.float32), "int8.step"),
        numpy_helper.from_array(np.array(1 / 255, np.float32), "int8.unsigned.step"),
        numpy_helper.from_array(np.array(1e-20, np.float32), "int8.tiny"),
        numpy_helper.from_array(np.array(1, np.float32), "int8.one"),
        numpy_helper.from_array(np.array(ZERO, np.uint8), "int8.zero"),
        numpy_helper.from_array(np.array(0, np.uint8), "int8.unsigned.zero"),
    ]
    producer = {output: node.op_type for node in graph.node for output in node.output}
    nodes = []
    for node in graph.node:
        weight = constants.get(node.input[1]) if node.op_type == "MatMul" else None
        if weight is None or len(weight.dims) != 2:
            nodes.append(node)
            continue
        name = node.output[0]
        matrix = numpy_helper.to_array(weight)
        scale = np.maximum(np.abs(matrix).max(0), 1e-12) / weight_levels
        added.append(numpy_helper.from_array(np.rint(matrix / scale).astype(np.int8), f"{name}.weight"))
        added.append(numpy_helper.from_array(scale.astype(np.float32), f"{name}.scale"))
        nodes += row_product(node.input[0], name, unsigned=producer.get(node.input[0]) == "Relu")
    used = {name for node in nodes for name in node.input}
    kept = [tensor for tensor in [*graph.initializer, *added] if tensor.name in used]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(nodes)
    graph.initializer.extend(kept)
    if not any(opset.domain == "com.microsoft" for opset in model.opset_import):
        model.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    model.ir_version = min(model.ir_version, 10)
    onnx.save(model, path_out)


def row_product(x: str, name: str, unsigned: bool):
    """Nodes that compute x W into `name`, given `name`.weight and `name`.scale."""
    n = lambda part: f"{name}.{part}"
    make = helper.make_node
    step, zero = ("int8.unsigned.step", "int8.unsigned.zero") if unsigned else ("int8.step", "int8.zero")
    return [
        make("Abs", [x], [n("abs")]),
        make("ReduceMax", [n("abs")], [n("max")], axes=[-1], keepdims=1),
        make("Mul", [n("max"), step], [n("raw")]),
        make("Max", [n("raw"), "int8.tiny"], [n("row")]),
        make("Div", [x, n("row")], [n("levels")]),
        make("QuantizeLinear", [n("levels"), "int8.one", zero], [n("q")]),
        make(
            "MatMulIntegerToFloat",
            [n("q"), n("weight"), "int8.one", n("scale"), zero],
            [n("product")],
            domain="com.microsoft",
        ),
        make("Mul", [n("product"), n("row")], [name]),
    ]
