"""Writes src/engine/sam/memoryGraphs.ts: the weightless ONNX graphs that memory is made and read with.

cell-keys: an embedding float32[1,256,64,64] -> a unit-length key for each of its 64x64 cells.

memory-read: similarity = queries @ keys^T; per query the TOP_K most similar tokens; softmax at TEMPERATURE over them; the
weighted mean of their values. Dynamic: Q queries, M memory tokens, D components, L channels.

memory-read-grouped: the same for WebGPU, where TopK sorts the whole row, and rows longer than 2048 in global memory: some 120
passes for 30,000 tokens. The best tokens lie in the groups with the best maxima, so it sorts the maxima of groups
and then the members of the best groups. Indices go through float32, exact up to 2^24, since int64 arithmetic is not
reliable there and its Cast runs on the CPU.
"""

import base64
import pathlib
import textwrap

import onnx
from onnx import TensorProto, helper

TOP_K = 20
TEMPERATURE = 0.05
GROUP = 32
F32 = TensorProto.FLOAT
TARGET = pathlib.Path(__file__).parents[2] / "src/engine/sam/memoryGraphs.ts"


def ints(name, *values):
    return helper.make_tensor(name, TensorProto.INT64, [len(values)], values)


def scalar(name, value):
    return helper.make_tensor(name, F32, [], [value])


def typed(name, dims):
    return helper.make_tensor_value_info(name, F32, dims)


def cell_keys():
    nodes = [
        helper.make_node("Reshape", ["embedding", "planes"], ["columns"]),
        helper.make_node("Transpose", ["columns"], ["cells"], perm=[1, 0]),
        helper.make_node("Mul", ["cells", "cells"], ["squares"]),
        helper.make_node("ReduceSum", ["squares", "second"], ["square"], keepdims=1),
        helper.make_node("Add", ["square", "epsilon"], ["positive"]),
        helper.make_node("Sqrt", ["positive"], ["length"]),
        helper.make_node("Div", ["cells", "length"], ["keys"]),
    ]
    constants = [ints("planes", 256, 4096), ints("second", 1), scalar("epsilon", 1e-12)]
    return graph_of(
        "cell-keys", nodes, [typed("embedding", [1, 256, 64, 64])], [typed("keys", [4096, 256])], constants
    )


def memory_read():
    nodes = [
        helper.make_node("Gemm", ["queries", "keys"], ["similarity"], transB=1),
        helper.make_node("TopK", ["similarity", "k"], ["top", "index"], axis=1, largest=1, sorted=1),
        *weighted_mean(),
    ]
    return graph_of("memory-read", nodes, read_inputs(), [typed("read", ["Q", "L"])], read_constants())


def memory_read_grouped():
    nodes = [
        helper.make_node("Gemm", ["queries", "keys", "bias"], ["similarity"], transB=1),
        helper.make_node("Reshape", ["similarity", "by_group"], ["groups"]),
        helper.make_node("ReduceMax", ["groups"], ["group_best"], axes=[2], keepdims=0),
        helper.make_node("TopK", ["group_best", "k"], ["best", "group"], axis=1, largest=1, sorted=1),
        helper.make_node("Gather", ["group_starts", "group"], ["start"], axis=0),
        helper.make_node("Unsqueeze", ["start", "third"], ["starts"]),
        helper.make_node("Add", ["starts", "members"], ["places_by_group"]),
        helper.make_node("Reshape", ["places_by_group", "in_a_row"], ["places"]),
        helper.make_node("Add", ["places", "row_starts"], ["places_in_all"]),
        helper.make_node("Cast", ["places_in_all"], ["index_in_all"], to=TensorProto.INT32),
        helper.make_node("Reshape", ["similarity", "flat"], ["all"]),
        helper.make_node("Gather", ["all", "index_in_all"], ["candidates"], axis=0),
        helper.make_node("TopK", ["candidates", "k"], ["top", "which"], axis=1, largest=1, sorted=1),
        helper.make_node("GatherElements", ["places", "which"], ["place"], axis=1),
        helper.make_node("Cast", ["place"], ["index"], to=TensorProto.INT32),
        *weighted_mean(),
    ]
    inputs = [*read_inputs(), typed("bias", ["M"]), typed("group_starts", ["G"]), typed("row_starts", ["Q", 1])]
    members = helper.make_tensor("members", F32, [GROUP], range(GROUP))
    shapes = [ints("by_group", 0, -1, GROUP), ints("in_a_row", 0, -1), ints("flat", -1)]
    constants = [*read_constants(), members, *shapes]
    return graph_of("memory-read-grouped", nodes, inputs, [typed("read", ["Q", "L"])], constants)


def read_inputs():
    return [typed("queries", ["Q", "D"]), typed("keys", ["M", "D"]), typed("values", ["M", "L"])]


def read_constants():
    return [ints("k", TOP_K), scalar("sharpness", 1 / TEMPERATURE), ints("second", 1), ints("third", 2)]


def weighted_mean():
    return [
        helper.make_node("Mul", ["top", "sharpness"], ["scaled"]),
        helper.make_node("Softmax", ["scaled"], ["weights"], axis=1),
        helper.make_node("Gather", ["values", "index"], ["picked"], axis=0),
        helper.make_node("Unsqueeze", ["weights", "third"], ["columns"]),
        helper.make_node("Mul", ["picked", "columns"], ["weighted"]),
        helper.make_node("ReduceSum", ["weighted", "second"], ["read"], keepdims=0),
    ]


def graph_of(name, nodes, inputs, outputs, constants):
    graph = helper.make_graph(nodes, name, inputs, outputs, initializer=constants)
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="maskflow"
    )
    onnx.checker.check_model(model, full_check=True)
    return base64.b64encode(model.SerializeToString()).decode()


def function(name, doc, encoded):
    lines = textwrap.wrap(encoded, 100)
    text = " +\n      ".join(f"'{line}'" for line in lines)
    return f"{doc}\nexport function {name}(): Uint8Array<ArrayBuffer> {{\n  return bytesOf(\n    {text},\n  );\n}}\n"


def main():
    parts = [
        "/** ONNX graphs without weights for making and reading memory. Written by scripts/graphs/makeMemoryGraphs.py. */\n",
        f"/** Each query reads from this many memory tokens. */\nexport const MEMORY_READ_TOP_K = {TOP_K};\n",
        f"/** Tokens in one group of the grouped read. */\nexport const MEMORY_READ_GROUP = {GROUP};\n",
        function(
            "cellKeysGraph",
            "/** embedding float32[1,256,64,64] -> keys float32[4096,256]: its cells row by row, each of unit length. */",
            cell_keys(),
        ),
        function(
            "memoryReadGraph",
            "/** queries float32[Q,D], keys float32[M,D], values float32[M,L] (M >= MEMORY_READ_TOP_K) -> read float32[Q,L]. */",
            memory_read(),
        ),
        function(
            "groupedMemoryReadGraph",
            "/**\n * The same for a GPU. M is G times MEMORY_READ_GROUP, G at least MEMORY_READ_TOP_K; `bias` float32[M] is added to the\n"
            " * similarities (far below 0 for tokens that only fill up). Where groups and queries begin: `group_starts`\n"
            " * float32[G] 0, MEMORY_READ_GROUP, ..., `row_starts` float32[Q,1] 0, M, ... Q * M is at most 2^24.\n */",
            memory_read_grouped(),
        ),
        "function bytesOf(base64: string): Uint8Array<ArrayBuffer> {\n"
        "  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));\n}\n",
    ]
    TARGET.write_text("\n".join(parts))


main()
