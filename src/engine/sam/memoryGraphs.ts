/** ONNX graphs without weights for making and reading memory. Written by scripts/graphs/makeMemoryGraphs.py. */

/** Each query reads from this many memory tokens. */
export const MEMORY_READ_TOP_K = 20;

/** Tokens in one chunk of the chunked read. */
export const MEMORY_READ_CHUNK = 1024;

/** embedding float32[1,256,64,64] -> keys float32[4096,256]: its cells row by row, each of unit length. */
export function cellKeysGraph(): Uint8Array<ArrayBuffer> {
  return bytesOf(
    'CAgSCG1hc2tmbG93OoMDCiUKCWVtYmVkZGluZwoGcGxhbmVzEgdjb2x1bW5zIgdSZXNoYXBlCioKB2NvbHVtbnMSBWNlbGxzIglU' +
      'cmFuc3Bvc2UqDQoEcGVybUABQACgAQcKHAoFY2VsbHMKBWNlbGxzEgdzcXVhcmVzIgNNdWwKNQoHc3F1YXJlcwoGc2Vjb25kEgZz' +
      'cXVhcmUiCVJlZHVjZVN1bSoPCghrZWVwZGltcxgBoAECCiAKBnNxdWFyZQoHZXBzaWxvbhIIcG9zaXRpdmUiA0FkZAoYCghwb3Np' +
      'dGl2ZRIGbGVuZ3RoIgRTcXJ0ChoKBWNlbGxzCgZsZW5ndGgSBGtleXMiA0RpdhIJY2VsbC1rZXlzKhIIAhAHOgSAAoAgQgZwbGFu' +
      'ZXMqDwgBEAc6AQFCBnNlY29uZCoREAEiBMy8jCtCB2Vwc2lsb25aJAoJZW1iZWRkaW5nEhcKFQgBEhEKAggBCgMIgAIKAghACgII' +
      'QGIYCgRrZXlzEhAKDggBEgoKAwiAIAoDCIACQgQKABAR',
  );
}

/** queries float32[Q,D], keys float32[M,D], values float32[M,L] (M >= MEMORY_READ_TOP_K) -> read float32[Q,L]. */
export function memoryReadGraph(): Uint8Array<ArrayBuffer> {
  return bytesOf(
    'CAgSCG1hc2tmbG93OrEECjAKB3F1ZXJpZXMKBGtleXMSCnNpbWlsYXJpdHkiBEdlbW0qDQoGdHJhbnNCGAGgAQIKTQoKc2ltaWxh' +
      'cml0eQoBaxIDdG9wEgVpbmRleCIEVG9wSyoLCgRheGlzGAGgAQIqDgoHbGFyZ2VzdBgBoAECKg0KBnNvcnRlZBgBoAECCh0KA3Rv' +
      'cAoJc2hhcnBuZXNzEgZzY2FsZWQiA011bAonCgZzY2FsZWQSB3dlaWdodHMiB1NvZnRtYXgqCwoEYXhpcxgBoAECCiwKBnZhbHVl' +
      'cwoFaW5kZXgSBnBpY2tlZCIGR2F0aGVyKgsKBGF4aXMYAKABAgokCgd3ZWlnaHRzCgV0aGlyZBIHY29sdW1ucyIJVW5zcXVlZXpl' +
      'CiAKBnBpY2tlZAoHY29sdW1ucxIId2VpZ2h0ZWQiA011bAo0Cgh3ZWlnaHRlZAoGc2Vjb25kEgRyZWFkIglSZWR1Y2VTdW0qDwoI' +
      'a2VlcGRpbXMYAKABAhILbWVtb3J5LXJlYWQqCggBEAc6ARRCAWsqExABIgQAAKBBQglzaGFycG5lc3MqDwgBEAc6AQFCBnNlY29u' +
      'ZCoOCAEQBzoBAkIFdGhpcmRaGwoHcXVlcmllcxIQCg4IARIKCgMSAVEKAxIBRFoYCgRrZXlzEhAKDggBEgoKAxIBTQoDEgFEWhoK' +
      'BnZhbHVlcxIQCg4IARIKCgMSAU0KAxIBTGIYCgRyZWFkEhAKDggBEgoKAxIBUQoDEgFMQgQKABAR',
  );
}

/**
 * The same on a GPU: M is G times MEMORY_READ_CHUNK, `bias` float32[M] is added to the similarities (far below 0
 * for tokens that only fill up), `chunk_starts` float32[G,1] holds 0, MEMORY_READ_CHUNK, ..., and
 * `counting` float32[MEMORY_READ_CHUNK] 0, 1, ...
 */
export function chunkedMemoryReadGraph(): Uint8Array<ArrayBuffer> {
  return bytesOf(
    'CAgSCG1hc2tmbG93OuoICjYKB3F1ZXJpZXMKBGtleXMKBGJpYXMSCnNpbWlsYXJpdHkiBEdlbW0qDQoGdHJhbnNCGAGgAQIKJwoK' +
      'c2ltaWxhcml0eQoIYnlfY2h1bmsSBmNodW5rcyIHUmVzaGFwZQpVCgZjaHVua3MKAWsSCWNodW5rX3RvcBILY2h1bmtfaW5kZXgi' +
      'BFRvcEsqCwoEYXhpcxgCoAECKg4KB2xhcmdlc3QYAaABAioNCgZzb3J0ZWQYAaABAgo5Cghjb3VudGluZwoLY2h1bmtfaW5kZXgS' +
      'C2NodW5rX3BsYWNlIgZHYXRoZXIqCwoEYXhpcxgAoAECCigKC2NodW5rX3BsYWNlCgxjaHVua19zdGFydHMSBnBsYWNlcyIDQWRk' +
      'CioKCWNodW5rX3RvcAoIaW5fYV9yb3cSCmNhbmRpZGF0ZXMiB1Jlc2hhcGUKLQoGcGxhY2VzCghpbl9hX3JvdxIQY2FuZGlkYXRl' +
      'X3BsYWNlcyIHUmVzaGFwZQpNCgpjYW5kaWRhdGVzCgFrEgN0b3ASBXdoaWNoIgRUb3BLKgsKBGF4aXMYAaABAioOCgdsYXJnZXN0' +
      'GAGgAQIqDQoGc29ydGVkGAGgAQIKPQoQY2FuZGlkYXRlX3BsYWNlcwoFd2hpY2gSBXBsYWNlIg5HYXRoZXJFbGVtZW50cyoLCgRh' +
      'eGlzGAGgAQIKHwoFcGxhY2USBWluZGV4IgRDYXN0KgkKAnRvGAagAQIKHQoDdG9wCglzaGFycG5lc3MSBnNjYWxlZCIDTXVsCicK' +
      'BnNjYWxlZBIHd2VpZ2h0cyIHU29mdG1heCoLCgRheGlzGAGgAQIKLAoGdmFsdWVzCgVpbmRleBIGcGlja2VkIgZHYXRoZXIqCwoE' +
      'YXhpcxgAoAECCiQKB3dlaWdodHMKBXRoaXJkEgdjb2x1bW5zIglVbnNxdWVlemUKIAoGcGlja2VkCgdjb2x1bW5zEgh3ZWlnaHRl' +
      'ZCIDTXVsCjQKCHdlaWdodGVkCgZzZWNvbmQSBHJlYWQiCVJlZHVjZVN1bSoPCghrZWVwZGltcxgAoAECEhNtZW1vcnktcmVhZC1j' +
      'aHVua2VkKgoIARAHOgEUQgFrKhMQASIEAACgQUIJc2hhcnBuZXNzKg8IARAHOgEBQgZzZWNvbmQqDggBEAc6AQJCBXRoaXJkKh0I' +
      'AxAHOg0A////////////AYAIQghieV9jaHVuayobCAIQBzoLAP///////////wFCCGluX2Ffcm93WhsKB3F1ZXJpZXMSEAoOCAES' +
      'CgoDEgFRCgMSAURaGAoEa2V5cxIQCg4IARIKCgMSAU0KAxIBRFoaCgZ2YWx1ZXMSEAoOCAESCgoDEgFNCgMSAUxaEwoEYmlhcxIL' +
      'CgkIARIFCgMSAU1aHwoMY2h1bmtfc3RhcnRzEg8KDQgBEgkKAxIBRwoCCAFaFwoIY291bnRpbmcSCwoJCAESBQoDCIAIYhgKBHJl' +
      'YWQSEAoOCAESCgoDEgFRCgMSAUxCBAoAEBE=',
  );
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
