// A photograph is made smaller on the phone itself: it goes faster, and what the camera wrote into it stays behind.
const LARGEST = 10 * 1024 * 1024;
const SIDE = 2048;

async function smaller(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const canvas = Object.assign(document.createElement("canvas"), {
    width: Math.round(picture.width * scale),
    height: Math.round(picture.height * scale),
  });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
  return new File([blob], "picture.jpg", { type: "image/jpeg" });
}

for (const input of document.querySelectorAll('form.question input[type="file"]')) {
  const said = input.parentElement.querySelector("[data-said]");
  input.addEventListener("change", async () => {
    said.textContent = "";
    const [file] = input.files;
    if (!file) return;
    try {
      const carried = new DataTransfer();
      carried.items.add(await smaller(file));
      input.files = carried.files;
    } catch {
      // what the browser can't draw is left to the server, which says so kindly
    }
    if (input.files[0].size > LARGEST) {
      input.value = "";
      said.textContent = said.dataset.large;
    }
  });
}
