"""Writes src/engine/sam/memoryGraphs.ts: the weightless ONNX graphs that memory is made and read with.

cell-keys: an embedding float32[1,256,64,64] -> a unit-length key for each of its 64x64 cells.

memory-read: similarity = queries @ keys^T; per query the TOP_K most similar tokens; softmax at TEMPERATURE over them; the
weighted mean of their values. Dynamic: Q queries, M memory tokens, D components, L channels.

memory-read-chunked: the same for WebGPU, where TopK sorts the whole of any row longer than 2048 in global memory, in some
120 passes for 30,000 tokens. Here it sorts chunks in workgroup memory and then the best of all chunks. Indices
go through float32, exact up to 2^24 tokens, since int64 arithmetic is not reliable there.
"""

import base64
import pathlib
import textwrap

import onnx
from onnx import TensorProto, helper

TOP_K = 20
TEMPERATURE = 0.05
CHUNK = 1024
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


def memory_read_chunked():
    nodes = [
        helper.make_node("Gemm", ["queries", "keys", "bias"], ["similarity"], transB=1),
        helper.make_node("Reshape", ["similarity", "by_chunk"], ["chunks"]),
        helper.make_node("TopK", ["chunks", "k"], ["chunk_top", "chunk_index"], axis=2, largest=1, sorted=1),
        # A Cast of int64 would run on the CPU.
        helper.make_node("Gather", ["counting", "chunk_index"], ["chunk_place"], axis=0),
        helper.make_node("Add", ["chunk_place", "chunk_starts"], ["places"]),
        helper.make_node("Reshape", ["chunk_top", "in_a_row"], ["candidates"]),
        helper.make_node("Reshape", ["places", "in_a_row"], ["candidate_places"]),
        helper.make_node("TopK", ["candidates", "k"], ["top", "which"], axis=1, largest=1, sorted=1),
        helper.make_node("GatherElements", ["candidate_places", "which"], ["place"], axis=1),
        helper.make_node("Cast", ["place"], ["index"], to=TensorProto.INT32),
        *weighted_mean(),
    ]
    inputs = [*read_inputs(), typed("bias", ["M"]), typed("chunk_starts", ["G", 1]), typed("counting", [CHUNK])]
    constants = [*read_constants(), ints("by_chunk", 0, -1, CHUNK), ints("in_a_row", 0, -1)]
    return graph_of("memory-read-chunked", nodes, inputs, [typed("read", ["Q", "L"])], constants)


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
        f"/** Tokens in one chunk of the chunked read. */\nexport const MEMORY_READ_CHUNK = {CHUNK};\n",
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
            "chunkedMemoryReadGraph",
            "/**\n * The same on a GPU: M is G times MEMORY_READ_CHUNK, `bias` float32[M] is added to the similarities (far below 0\n"
            " * for tokens that only fill up), `chunk_starts` float32[G,1] holds 0, MEMORY_READ_CHUNK, ..., and\n"
            " * `counting` float32[MEMORY_READ_CHUNK] 0, 1, ...\n */",
            memory_read_chunked(),
        ),
        "function bytesOf(base64: string): Uint8Array<ArrayBuffer> {\n"
        "  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));\n}\n",
    ]
    TARGET.write_text("\n".join(parts))


main()
