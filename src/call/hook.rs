//! The hooks that every generated operation runs through.
//!
//! The whole call happens in `pre`, because only `pre` can end an operation with an error of ours; `exec` hands over the
//! response. So the generated code never sees a response that the server did not send.

use std::mem;
use std::sync::Arc;

use http::Method;
use progenitor_client::{ClientHooks, OperationInfo};
use reqwest::{Request, Response};
use tracing::Instrument;

use super::attempts::Attempts;
use super::headers::Headers;
use super::{Call, Report};
use crate::error::{CallInfo, Error, ErrorKind};
use crate::model::generated;
use crate::traces;

impl ClientHooks<Call> for generated::RawApi {
    async fn pre<E>(&self, request: &mut Request, info: &OperationInfo) -> Result<(), generated::RawError<E>> {
        // progenitor adds this header to every request; the API does not know it.
        request.headers_mut().remove("api-version");
        let result = self.inner.run(&self.client, request, info).await;
        result.map_err(generated::RawError::Custom)
    }

    async fn exec(&self, request: Request, _: &OperationInfo) -> reqwest::Result<Response> {
        let response = self.inner.exchange().response.take();
        match response {
            Some(response) => Ok(response),
            // Not reached: `pre` leaves a response or ends the operation.
            None => self.client.execute(request).await,
        }
    }
}

impl Call {
    /// Makes the call, and leaves its response or its error in the exchange. Returns the error as text.
    async fn run(&self, http: &reqwest::Client, request: &Request, info: &OperationInfo) -> Result<(), String> {
        let settings = self.options.settings(&self.core);
        let mut report = Report {
            info: CallInfo { operation: info.operation_id, ..CallInfo::default() },
            is_write: !matches!(*request.method(), Method::GET | Method::HEAD),
            is_idempotent: !matches!(*request.method(), Method::POST | Method::PATCH),
            path: request.url().path().to_owned(),
            secrets: self.secrets.clone(),
            header_secrets: settings.headers.map(|headers| headers.map_or_else(Arc::default, Headers::secrets)),
            ..Report::default()
        };
        if mem::replace(&mut self.exchange().is_begun, true) {
            return Err(self.refuse_second());
        }
        let span = traces::call_span(info.operation_id, request);
        let call = Attempts::run(&self.core, settings, http, request, &mut report);
        let result = call.instrument(span.clone()).await;
        let status = result.as_ref().map_or_else(Error::status, |response| Some(response.status()));
        let status = status.map(|status| status.as_u16());
        traces::end_call(&span, report.info.attempts, status, result.as_ref().err());
        let mut exchange = self.exchange();
        exchange.report = report;
        match result {
            Ok(response) => {
                exchange.response = Some(response);
                Ok(())
            }
            Err(error) => {
                let (text, error) = (error.to_string(), exchange.report.with_resource(error));
                exchange.failure = Some(error);
                Err(text)
            }
        }
    }

    /// Refuses the second operation of a closure: the report would mix what both did.
    fn refuse_second(&self) -> String {
        let message = "the closure given to `Client::call` called two operations; make a call for each";
        let mut exchange = self.exchange();
        let Report { info, is_write, is_idempotent, .. } = exchange.report;
        let error = Error::new(ErrorKind::Configuration, message).with(|details| details.call = Some(info));
        let error = exchange.report.with_resource(error);
        exchange.failure.get_or_insert(error.maybe_applied(is_write, is_idempotent));
        message.to_owned()
    }
}
