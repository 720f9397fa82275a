"""The guide for those who use Finsam: docs/guide as pages under /guide/, for everybody."""
