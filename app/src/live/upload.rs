//! One file on its way up, over the one interface that tells how far it got.

use protocol::attachment::{Attachment, Upload as Answer};
use protocol::{Refusal, schema};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Event, File, HtmlInputElement, ProgressEvent, XmlHttpRequest, XmlHttpRequestResponseType,
};

/// Why a file did not arrive.
pub(crate) enum Lost {
    /// The connection broke, or the answer made no sense.
    Broken,
    Refused(Refusal),
}

/// An upload under way. It is cut off when this is dropped.
pub(crate) struct Upload {
    request: XmlHttpRequest,
    _progress: Closure<dyn FnMut(ProgressEvent)>,
    _end: Closure<dyn FnMut()>,
}

/// The file that was chosen in a field for one; the field is free for the next.
pub(crate) fn chosen_file(event: &Event) -> Option<File> {
    let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let file = input.files().and_then(|files| files.item(0));
    input.set_value("");
    file
}

impl Upload {
    /// Sends a file, or asks for a copy of one that is there. `progress` is told the bytes that are on their way, `end` how it ended, once.
    pub(crate) fn begin(
        address: &str,
        file: Option<&File>,
        mut progress: impl FnMut(u64) + 'static,
        mut end: impl FnMut(Result<Attachment, Lost>) + 'static,
    ) -> Option<Self> {
        let request = XmlHttpRequest::new().ok()?;
        request.open("POST", address).ok()?;
        request.set_response_type(XmlHttpRequestResponseType::Arraybuffer);
        let name = file.map(File::name).unwrap_or_default();
        let name = String::from(js_sys::encode_uri_component(&name));
        let accepted = format!("application/{}", schema::postcard());
        // The type that the browser guesses would say nothing that the server believes.
        for (header, value) in [
            ("x-file-name", name.as_str()),
            ("accept", accepted.as_str()),
            ("content-type", "application/octet-stream"),
        ] {
            request.set_request_header(header, value).ok()?;
        }
        let progress = Closure::new(move |event: ProgressEvent| progress(event.loaded() as u64));
        request
            .upload()
            .ok()?
            .set_onprogress(Some(progress.as_ref().unchecked_ref()));
        let answered = request.clone();
        // Told whatever became of it, but not when it is cut off here.
        let on_end = Closure::new(move || end(answer(&answered)));
        let told = Some(on_end.as_ref().unchecked_ref());
        request.set_onload(told);
        request.set_onerror(told);
        request.send_with_opt_blob(file.map(AsRef::as_ref)).ok()?;
        Some(Self {
            request,
            _progress: progress,
            _end: on_end,
        })
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        self.request.set_onload(None);
        self.request.set_onerror(None);
        // Fails for nothing; it does nothing to one that has ended.
        let _cut = self.request.abort();
    }
}

fn answer(request: &XmlHttpRequest) -> Result<Attachment, Lost> {
    let body = request.response().ok().filter(|body| body.is_object());
    let body = body.map(|body| js_sys::Uint8Array::new(&body).to_vec());
    match postcard::from_bytes(&body.unwrap_or_default()) {
        Ok(Answer::Kept(file)) => Ok(file),
        Ok(Answer::Refused { refusal, .. }) => Err(Lost::Refused(refusal)),
        Err(_) => Err(Lost::Broken),
    }
}
