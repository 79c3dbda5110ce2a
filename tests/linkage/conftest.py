from tests.cli.conftest import willakuy

__all__ = ["willakuy"]
