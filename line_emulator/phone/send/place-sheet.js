import { h } from "../parts/dom.js";
import { openSheet } from "../parts/sheet.js";
import { attempt } from "../parts/toast.js";
import { act } from "../platform/api.js";
import { sampleChoice } from "./file-choice.js";

// Invented places.
const places = [
  { title: "みどり公園", address: "緑市中央1-2-3", latitude: 35.6852, longitude: 139.7528 },
  { title: "ひかり小学校", address: "緑市朝日町4-5", latitude: 35.7101, longitude: 139.8107 },
  { title: "緑駅 北口", address: "緑市駅前通り", latitude: 35.6586, longitude: 139.7454 },
];

function ownPlace(send) {
  const number = (label, name, limit, value) =>
    h(
      "label",
      {},
      label,
      h("input.field", { name, type: "number", step: "any", min: -limit, max: limit, required: true, value }),
    );
  return h(
    "form.own-place",
    {
      onsubmit: (event) => {
        event.preventDefault();
        const fields = new FormData(event.target);
        send({
          title: fields.get("title") || undefined,
          latitude: Number(fields.get("latitude")),
          longitude: Number(fields.get("longitude")),
        });
      },
    },
    h("label", {}, "名前（なくてもよい）", h("input.field", { name: "title", maxlength: "100" })),
    h("div.two", {}, number("緯度", "latitude", 90, "35.6895"), number("経度", "longitude", 180, "139.6917")),
    h("button.primary.wide", { type: "submit" }, "この場所を送る"),
  );
}

/** Sends a place: one of a few, or any by its coordinates. */
export function openPlaces(from, talk) {
  openSheet(from, "位置情報を送る", (close) => {
    const send = (place) => {
      close();
      attempt(from, () => act(talk.who, "location", place));
    };
    return [
      h(
        "div.choices",
        {},
        places.map((place) => sampleChoice(place.title, place.address, "pin", () => send(place))),
      ),
      ownPlace(send),
    ];
  });
}
