/** ONNX graphs without weights for making and reading memory. Written by scripts/graphs/makeMemoryGraphs.py. */

/** Each query reads from this many memory tokens. */
export const MEMORY_READ_TOP_K = 20;

/** Tokens in one group of the grouped read. */
export const MEMORY_READ_GROUP = 32;

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
 * The same for a GPU. M is G times MEMORY_READ_GROUP, G at least MEMORY_READ_TOP_K; `bias` float32[M] is added to the
 * similarities (far below 0 for tokens that only fill up). Where groups and queries begin: `group_starts`
 * float32[G] 0, MEMORY_READ_GROUP, ..., `row_starts` float32[Q,1] 0, M, ... Q * M is at most 2^24.
 */
export function groupedMemoryReadGraph(): Uint8Array<ArrayBuffer> {
  return bytesOf(
    'CAgSCG1hc2tmbG93OuMLCjYKB3F1ZXJpZXMKBGtleXMKBGJpYXMSCnNpbWlsYXJpdHkiBEdlbW0qDQoGdHJhbnNCGAGgAQIKJwoK' +
      'c2ltaWxhcml0eQoIYnlfZ3JvdXASBmdyb3VwcyIHUmVzaGFwZQo9CgZncm91cHMSCmdyb3VwX2Jlc3QiCVJlZHVjZU1heCoLCgRh' +
      'eGVzQAKgAQcqDwoIa2VlcGRpbXMYAKABAgpOCgpncm91cF9iZXN0CgFrEgRiZXN0EgVncm91cCIEVG9wSyoLCgRheGlzGAGgAQIq' +
      'DgoHbGFyZ2VzdBgBoAECKg0KBnNvcnRlZBgBoAECCjEKDGdyb3VwX3N0YXJ0cwoFZ3JvdXASBXN0YXJ0IgZHYXRoZXIqCwoEYXhp' +
      'cxgAoAECCiEKBXN0YXJ0CgV0aGlyZBIGc3RhcnRzIglVbnNxdWVlemUKJwoGc3RhcnRzCgdtZW1iZXJzEg9wbGFjZXNfYnlfZ3Jv' +
      'dXAiA0FkZAosCg9wbGFjZXNfYnlfZ3JvdXAKCGluX2Ffcm93EgZwbGFjZXMiB1Jlc2hhcGUKKAoGcGxhY2VzCgpyb3dfc3RhcnRz' +
      'Eg1wbGFjZXNfaW5fYWxsIgNBZGQKLgoNcGxhY2VzX2luX2FsbBIMaW5kZXhfaW5fYWxsIgRDYXN0KgkKAnRvGAagAQIKIAoKc2lt' +
      'aWxhcml0eQoEZmxhdBIDYWxsIgdSZXNoYXBlCjQKA2FsbAoMaW5kZXhfaW5fYWxsEgpjYW5kaWRhdGVzIgZHYXRoZXIqCwoEYXhp' +
      'cxgAoAECCk0KCmNhbmRpZGF0ZXMKAWsSA3RvcBIFd2hpY2giBFRvcEsqCwoEYXhpcxgBoAECKg4KB2xhcmdlc3QYAaABAioNCgZz' +
      'b3J0ZWQYAaABAgozCgZwbGFjZXMKBXdoaWNoEgVwbGFjZSIOR2F0aGVyRWxlbWVudHMqCwoEYXhpcxgBoAECCh8KBXBsYWNlEgVp' +
      'bmRleCIEQ2FzdCoJCgJ0bxgGoAECCh0KA3RvcAoJc2hhcnBuZXNzEgZzY2FsZWQiA011bAonCgZzY2FsZWQSB3dlaWdodHMiB1Nv' +
      'ZnRtYXgqCwoEYXhpcxgBoAECCiwKBnZhbHVlcwoFaW5kZXgSBnBpY2tlZCIGR2F0aGVyKgsKBGF4aXMYAKABAgokCgd3ZWlnaHRz' +
      'CgV0aGlyZBIHY29sdW1ucyIJVW5zcXVlZXplCiAKBnBpY2tlZAoHY29sdW1ucxIId2VpZ2h0ZWQiA011bAo0Cgh3ZWlnaHRlZAoG' +
      'c2Vjb25kEgRyZWFkIglSZWR1Y2VTdW0qDwoIa2VlcGRpbXMYAKABAhITbWVtb3J5LXJlYWQtZ3JvdXBlZCoKCAEQBzoBFEIBayoT' +
      'EAEiBAAAoEFCCXNoYXJwbmVzcyoPCAEQBzoBAUIGc2Vjb25kKg4IARAHOgECQgV0aGlyZCqQAQggEAEigAEAAAAAAACAPwAAAEAA' +
      'AEBAAACAQAAAoEAAAMBAAADgQAAAAEEAABBBAAAgQQAAMEEAAEBBAABQQQAAYEEAAHBBAACAQQAAiEEAAJBBAACYQQAAoEEAAKhB' +
      'AACwQQAAuEEAAMBBAADIQQAA0EEAANhBAADgQQAA6EEAAPBBAAD4QUIHbWVtYmVycyocCAMQBzoMAP///////////wEgQghieV9n' +
      'cm91cCobCAIQBzoLAP///////////wFCCGluX2Ffcm93KhYIARAHOgr///////////8BQgRmbGF0WhsKB3F1ZXJpZXMSEAoOCAES' +
      'CgoDEgFRCgMSAURaGAoEa2V5cxIQCg4IARIKCgMSAU0KAxIBRFoaCgZ2YWx1ZXMSEAoOCAESCgoDEgFNCgMSAUxaEwoEYmlhcxIL' +
      'CgkIARIFCgMSAU1aGwoMZ3JvdXBfc3RhcnRzEgsKCQgBEgUKAxIBR1odCgpyb3dfc3RhcnRzEg8KDQgBEgkKAxIBUQoCCAFiGAoE' +
      'cmVhZBIQCg4IARIKCgMSAVEKAxIBTEIECgAQEQ==',
  );
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
