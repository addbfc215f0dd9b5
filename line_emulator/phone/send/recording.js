// The microphone of this computer; m4a where the browser can, as LINE's own voices are.

const shapes = ["audio/mp4", "audio/webm"];

/** Starts to record -> {stop(): Promise<{blob, duration}>}; throws when there is no microphone or no leave. */
export async function startRecording() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(stream, {
    mimeType: shapes.find((shape) => MediaRecorder.isTypeSupported(shape)),
  });
  const parts = [];
  const startedAt = Date.now();
  recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
  recorder.start();
  let stopped = null;
  const stop = () => {
    stopped ??= new Promise((done) => {
      recorder.addEventListener("stop", () => {
        stream.getTracks().forEach((track) => track.stop());
        done({ blob: new Blob(parts, { type: recorder.mimeType }), duration: Date.now() - startedAt });
      });
      recorder.stop();
    });
    return stopped;
  };
  return { stop };
}
