"""Export of EdgeTAM and SAM 2.1 from the implementations in transformers."""
