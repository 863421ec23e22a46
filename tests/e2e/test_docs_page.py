"""The documentation page in a real browser, without any network: does it show an operation?"""

import shutil
import subprocess
import unittest

import harness


class DocsPage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = harness.Server(harness.build(harness.example("store")))

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def test_page_and_assets_name_no_other_host(self):
        status, headers, page = self.server.request("GET", "/docs")
        self.assertEqual(status, 200)
        self.assertTrue(headers["Content-Type"].startswith("text/html"))
        self.assertNotIn(b"//", page.replace(b"<!--", b"").replace(b"http://127.0.0.1", b""))

    def test_a_browser_shows_an_operation(self):
        chromium = shutil.which("chromium")
        self.assertTrue(chromium, "scripts/test installs chromium")
        command = [
            chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            # Every name but the server's own fails to resolve: the page must work offline.
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            f"--user-data-dir={harness.folder('chromium')}", "--virtual-time-budget=15000", "--dump-dom",
            f"http://127.0.0.1:{self.server.port}/docs"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        self.assertIn("opblock-summary-path", done.stdout, done.stderr[-2000:])
        self.assertIn("/v1/users", done.stdout.replace("\u200b", ""))


if __name__ == "__main__":
    unittest.main()
