//! Lets the methods of the generated client send their requests as the handles do, through progenitor's hooks.

use std::fmt;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use progenitor_client::{ClientHooks, OperationInfo};
use reqwest::{Request, ResponseBuilderExt};

use super::Core;
use super::options::CallOptions;
use super::raw_api::{OPERATIONS, RawApi, RawError, ResponseValue};
use super::response::{Response, Secrets};
use crate::error::{Error, Subject};
use crate::model::path::ResourceRef;

/// What the generated client needs to make one call, and what the call leaves behind for [`Core::run`].
#[derive(Clone)]
pub struct Hook {
    core: Arc<Core>,
    call: Arc<Mutex<Call>>,
}

/// The progress of a call.
#[derive(Default)]
struct Call {
    is_begun: bool,
    response: Option<Arc<Response>>,
    failure: Option<Error>,
}

impl fmt::Debug for Hook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hook").finish_non_exhaustive()
    }
}

impl Hook {
    fn call(&self) -> MutexGuard<'_, Call> {
        self.call.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends the request of a generated method.
    async fn send(&self, request: Request, info: &OperationInfo) -> Result<Response, Error> {
        if mem::replace(&mut self.call().is_begun, true) {
            return Err(self.refuse_second());
        }
        let operation = OPERATIONS.iter().find(|(method, _)| *method == info.operation_id);
        let operation = operation.map_or("", |(_, operation)| *operation);
        let resource = ResourceRef::from_path(request.url().path());
        let rules = resource.as_ref().map(|resource| resource.facts().ensure);
        // The body is read only for its secrets.
        let body = request.body().filter(|_| rules.is_none_or(|rules| rules.has_secret));
        let body = body.and_then(reqwest::Body::as_bytes).and_then(|body| serde_json::from_slice(body).ok());
        let secrets = Secrets::of(rules, body.as_ref());
        let subject = Subject { verb: None, operation, resource };
        self.core.send(&CallOptions::default(), &subject, request, secrets).await
    }

    /// Refuses the second operation of a closure. The error is about the first one, because that may have been sent.
    fn refuse_second(&self) -> Error {
        let error =
            Error::configuration("the closure given to `Client::call` called two operations; make a call for each");
        match &self.call().response {
            Some(first) => first.report.concerning(error),
            None => error,
        }
    }
}

impl ClientHooks<Hook> for RawApi {
    /// Makes the whole call, because only this function can end an operation with an error of ours.
    async fn pre<E>(&self, request: &mut Request, info: &OperationInfo) -> Result<(), RawError<E>> {
        // progenitor adds this header to every request; the API does not know it.
        request.headers_mut().remove("api-version");
        // `exec` needs only the URL.
        let rest = Request::new(request.method().clone(), request.url().clone());
        let result = self.inner.send(mem::replace(request, rest), info).await;
        let mut call = self.inner.call();
        match result {
            Ok(response) => {
                call.response = Some(Arc::new(response));
                Ok(())
            }
            Err(error) => {
                let text = error.to_string();
                call.failure.get_or_insert(error);
                Err(RawError::Custom(text))
            }
        }
    }

    /// Hands over the response that [`pre`](Self::pre) received.
    async fn exec(&self, request: Request, _: &OperationInfo) -> reqwest::Result<reqwest::Response> {
        let received = self.inner.call().response.clone();
        let (status, headers, body) = received.map_or_else(Default::default, |response| {
            (response.status, response.headers.clone(), response.body.clone())
        });
        let mut response = http::Response::builder().url(request.url().clone()).body(body).unwrap_or_default();
        (*response.status_mut(), *response.headers_mut()) = (status, headers);
        Ok(response.into())
    }
}

impl Core {
    /// Runs a generated operation.
    pub(crate) async fn run<T, E, F, Fut>(self: &Arc<Self>, operation: F) -> Result<ResponseValue<T>, Error>
    where
        F: FnOnce(RawApi) -> Fut,
        Fut: Future<Output = Result<ResponseValue<T>, RawError<E>>>,
    {
        let hook = Hook { core: Arc::clone(self), call: Arc::default() };
        let api = RawApi::new_with_client(self.base_url(), self.transport.http().clone(), hook.clone());
        let result = operation(api).await;
        let Call { response, failure, .. } = mem::take(&mut *hook.call());
        match (result, failure, response) {
            (Ok(value), ..) => Ok(value),
            (Err(_), Some(failure), _) => Err(failure),
            (Err(RawError::InvalidResponsePayload(_, cause)), None, Some(response)) => {
                Err(response.unusable("the response body is not the resource", Some(cause)))
            }
            (Err(_), None, Some(response)) => {
                Err(response.unusable("with a response that the document does not describe", None))
            }
            (Err(RawError::CommunicationError(cause)), None, None) => Err(Error::unbuilt(cause)),
            (Err(RawError::InvalidRequest(problem) | RawError::Custom(problem)), None, None) => {
                Err(Error::configuration(format!("the request cannot be built: {problem}")))
            }
            (Err(_), None, None) => Err(Error::configuration("the request cannot be built")),
        }
    }
}
