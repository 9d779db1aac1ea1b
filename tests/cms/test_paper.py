"""PDFs: they show their own pictures, and fetch nothing else from anywhere."""

import io
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from PIL import Image
from pypdf import PdfReader

from cms.paper import Picture, pdf

OWN = "http://127.0.0.1:8000/eigen.png"


@pytest.fixture
def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def spy(picture):
    """A web server that gives a picture to whoever asks; its address and what was asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.end_headers()
            self.wfile.write(picture)

        def log_message(self, *args):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


def test_only_its_own_pictures(picture, spy, tmp_path):
    address, asked = spy
    path = tmp_path / "geheim.png"
    path.write_bytes(picture)
    html = f"""<!doctype html><html lang="nl"><head><title>Proef</title>
        <link rel="stylesheet" href="{address}/a.css"><style>@import "{address}/b.css";
        body {{ background: url("{address}/c.png") }}</style></head><body>
        <img src="{OWN}" alt="Eigen"><img src="{address}/d.png" alt="x">
        <img src="{path.as_uri()}" alt="y"><img src="/etc/passwd" alt="z">
        <a rel="attachment" href="{path.as_uri()}">bijlage</a></body></html>"""
    document = pdf(html=html, pictures={OWN: Picture(lambda: picture)}, kind="test", keep_seconds=1)
    reader = PdfReader(io.BytesIO(document.content))
    assert sum(len(page.images) for page in reader.pages) == 1
    assert not reader.attachments
    assert asked == []


def test_the_same_words_are_laid_out_once(picture):
    html = '<!doctype html><html lang="nl"><title>Een</title><p>Zelfde</p></html>'
    first = pdf(html=html, kind="test", keep_seconds=60)
    again = pdf(html=html, kind="test", keep_seconds=60)
    other = pdf(html=html.replace("Zelfde", "Anders"), kind="test", keep_seconds=60)
    assert again.content == first.content
    assert again.digest == first.digest != other.digest
