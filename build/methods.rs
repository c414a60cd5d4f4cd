//! Rewrites the methods of the generated client. Each method passes the code that builds its request, as progenitor wrote it, to
//! `crate::call::Call::run`. That function builds a request for each attempt and reads the response.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Expr, Stmt, Token, parse_quote};

use super::Prepared;
use super::operations::Operation;
use super::problem::{Problem, Result};

/// Rewrites the methods of the operations, and removes the constructor that panics where TLS cannot be set up.
pub(crate) fn rewrite_methods(block: &mut syn::ItemImpl, prepared: &Prepared) -> Result<()> {
    let is_constructor =
        |item: &syn::ImplItem| matches!(item, syn::ImplItem::Fn(function) if function.sig.ident == "new");
    block.items.retain(|item| !is_constructor(item) || prepared.methods.contains_key("new"));
    for item in &mut block.items {
        let syn::ImplItem::Fn(method) = item else { continue };
        let operation = prepared.methods.get(&method.sig.ident.to_string());
        let Some(operation) = operation.filter(|_| method.sig.asyncness.is_some()) else { continue };
        method.block = rewritten(&method.block.stmts, operation).ok_or_else(|| {
            let found = "progenitor wrote a method of an unexpected form for this operation";
            Problem::new(&operation.place, found, "adapt build/methods.rs to the version of progenitor")
        })?;
    }
    Ok(())
}

/// Returns the new body of a method; `None` if the old one has an unexpected form.
fn rewritten(statements: &[Stmt], operation: &Operation) -> Option<syn::Block> {
    let path = path(local(statements, "url")?)?;
    let Expr::Try(syn::ExprTry { expr: request, .. }) = local(statements, "request")? else { return None };
    let response = statements.last()?.to_token_stream().to_string();
    let read = match (response.contains("ResponseValue :: from_response"), response.contains("ResponseValue :: empty"))
    {
        (true, false) => quote!(json),
        (false, true) => quote!(empty),
        _ => return None,
    };
    let headers: Vec<_> = headers(statements).collect();
    let has_headers = headers.len() > 1;
    let headers = headers.into_iter().filter(|_| has_headers);
    let mut request = (**request).clone();
    adapt_request(&mut request, has_headers);
    let id = &operation.id;
    Some(parse_quote! {{
        let request_path = #path;
        #(#headers)*
        self.inner.run(#id, &request_path, crate::call::operation::#read, || #request).await
    }})
}

/// Returns the value of a local variable.
fn local<'a>(statements: &'a [Stmt], name: &str) -> Option<&'a Expr> {
    statements.iter().find_map(|statement| match statement {
        Stmt::Local(syn::Local { pat: syn::Pat::Ident(pattern), init: Some(init), .. }) if pattern.ident == name => {
            Some(&*init.expr)
        }
        _ => None,
    })
}

/// Returns the statements that build the header map from the parameters of the operation. The header `api-version`, which
/// progenitor adds, is left out: the API does not know it.
fn headers(statements: &[Stmt]) -> impl Iterator<Item = &Stmt> {
    let text = |statement: &Stmt| statement.to_token_stream().to_string();
    let until_request = statements.iter().take_while(move |statement| !text(statement).contains("let mut request"));
    until_request.filter(move |statement| {
        let text = text(statement);
        text.contains("header_map") && !text.contains("\"api-version\"")
    })
}

/// Returns code for the path of the URL. UUIDs in it need no percent-encoding.
fn path(url: &Expr) -> Option<TokenStream> {
    let Expr::Macro(syn::ExprMacro { mac, .. }) = url else { return None };
    let arguments = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(mac.tokens.clone()).ok()?;
    let arguments = arguments.iter().map(|argument| match argument {
        Expr::Field(_) => Some(quote!(self.inner.base_path())),
        Expr::Call(call) => {
            let Some(Expr::Reference(syn::ExprReference { expr: text, .. })) = call.args.first() else { return None };
            let Expr::MethodCall(syn::ExprMethodCall { receiver, method, .. }) = &**text else { return None };
            (method == "to_string").then(|| receiver.to_token_stream())
        }
        argument => Some(argument.to_token_stream()),
    });
    let arguments = arguments.collect::<Option<Vec<_>>>()?;
    Some(quote!(format!(#(#arguments),*)))
}

/// Adapts the code that builds the request: it uses the path, and clones the headers because they are used for each attempt.
fn adapt_request(request: &mut Expr, has_headers: bool) {
    let Expr::MethodCall(call) = request else { return };
    adapt_request(&mut call.receiver, has_headers);
    match call.args.first().map(|argument| argument.to_token_stream().to_string()).as_deref() {
        Some("url") => call.args = parse_quote!(self.inner.url(&request_path)),
        Some("header_map") if has_headers => call.args = parse_quote!(header_map.clone()),
        Some("header_map") => *request = (*call.receiver).clone(),
        _ => {}
    }
}
