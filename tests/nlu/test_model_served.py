"""Training beside a desk that serves: in another process, while the old model answers; nothing of the trainer comes in."""

import asyncio
from pathlib import Path

import httpx

from tests.running import Server, copy_desk, here

TRAINERS = ("sklearn", "scipy", "pandas")


async def test_the_old_model_answers_while_the_new_one_is_learned(tmp_path):
    folder = copy_desk(tmp_path / "desk")
    async with here(tmp_path / "data", folder) as desk:
        visitors = [await desk.visitor() for _ in range(3)]
        models = desk.data / "models"  # those that other tests share: here they must be learned
        models.unlink()
        models.mkdir()
        flow = folder / "flows" / "count.yaml"
        phrases = ", ".join(f'"tally {n} sheep by the river"' for n in range(10, 30))
        flow.write_text(flow.read_text().replace('"count with me"', f'"count with me", {phrases}'))
        learning = asyncio.create_task(desk.running.reload())
        for visitor in visitors:
            assert await visitor.said("start counting") == ["Which number?"]
        assert not learning.done(), "nobody was served while it learned"
        assert await learning == ()
        assert list(models.glob("*.npz")), "it was learned now"
        assert await (await desk.visitor()).said("tally the sheep by a river") == ["Which number?"]


def test_the_serving_process_has_nothing_of_the_trainer(tmp_path):
    desk = copy_desk(tmp_path / "desk")
    with Server(tmp_path / "data", desk) as server:
        token = httpx.post(server.url + "/web/hello", json={}, trust_env=False).json()["token"]
        said = httpx.post(
            server.url + "/web/messages",
            json={"client_id": "one", "text": "start counting"},
            headers={"authorization": f"Bearer {token}"},
            trust_env=False,
        )
        assert said.status_code < 300, said.text
        mapped = Path(f"/proc/{server.pid}/maps").read_text()
    assert "numpy" in mapped, "the model is loaded"
    assert not [name for name in TRAINERS if f"/{name}/" in mapped]
