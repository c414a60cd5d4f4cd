//! A server that follows a script, request by request, including broken connections.

use std::io::Cursor;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// The id of a request, which is part of every response.
pub(crate) const REQUEST_ID: &str = "4f2a-81c0";

/// What the server does with one request, after reading it whole.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// Answers.
    Answer { status: u16, headers: &'static str, body: String },
    /// Resets the connection instead of answering.
    Reset,
    /// Resets the connection after the headers.
    ResetAfterHeaders,
    /// Closes the connection in the middle of the body.
    Truncate { status: u16, body: String },
    /// Sends the body slowly, byte by byte.
    SlowBytes(u16),
    /// Does not respond.
    Hang,
    /// Waits, and then runs the action.
    After(Duration, Box<Action>),
    /// Sends a body of this many bytes.
    Huge { status: u16, bytes: usize },
}

/// An answer with a JSON body.
pub(crate) fn answer(status: u16, body: impl ToString) -> Action {
    Action::Answer { status, headers: "content-type: application/json\r\n", body: body.to_string() }
}

/// An answer without a body but with these headers, each with its line end.
pub(crate) fn headers(status: u16, headers: &'static str) -> Action {
    Action::Answer { status, headers, body: String::new() }
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) head: String,
    pub(crate) body: String,
}

/// Follows a script; the last action is for every request from then on.
pub(crate) struct Server {
    pub(crate) base_url: String,
    requests: Arc<Mutex<Vec<Request>>>,
    connections: Arc<Mutex<usize>>,
    accepting: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Server {
    pub(crate) async fn start(script: Vec<Action>) -> Self {
        Self::respond(move |number, _| script.get(number).or(script.last()).expect("the script has an action").clone())
            .await
    }

    /// Starts a server that decides what to do from the number of the request, counted from 0, and the request.
    pub(crate) async fn respond(respond: impl Fn(usize, &Request) -> Action + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::<Mutex<Vec<Request>>>::default();
        let connections = Arc::<Mutex<usize>>::default();
        let respond: Arc<Respond> = Arc::new(respond);
        let (seen, opened) = (Arc::clone(&requests), Arc::clone(&connections));
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                *opened.lock().unwrap() += 1;
                // Otherwise the kernel may hold a body back until the head is acknowledged, up to 40 ms later. On a
                // paused clock that is for ever.
                stream.set_nodelay(true).unwrap();
                tokio::spawn(serve(stream, Arc::clone(&respond), Arc::clone(&seen)));
            }
        });
        Self { base_url, requests, connections, accepting }
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    pub(crate) fn connections(&self) -> usize {
        *self.connections.lock().unwrap()
    }
}

/// Reads one request whole; `None` at the end of the connection.
pub(crate) async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let (mut head, mut line) = (String::new(), String::new());
    while reader.read_line(&mut line).await.ok()? > 2 {
        head.push_str(&line);
        line.clear();
    }
    let length = head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).await.ok()?;
    let method = head.split(' ').next().filter(|method| !method.is_empty())?.to_owned();
    Some(Request { method, head, body: String::from_utf8_lossy(&body).into_owned() })
}

/// Decides what to do with a request.
type Respond = dyn Fn(usize, &Request) -> Action + Send + Sync;

async fn serve(mut stream: TcpStream, respond: Arc<Respond>, seen: Arc<Mutex<Vec<Request>>>) {
    while let Some(request) = read_request(&mut stream).await {
        let mut action = {
            let mut seen = seen.lock().unwrap();
            seen.push(request);
            respond(seen.len() - 1, &seen[seen.len() - 1])
        };
        while let Action::After(delay, then) = action {
            tokio::time::sleep(delay).await;
            action = *then;
        }
        // The client may have closed the connection, which is not an error of the test server.
        if act(&mut stream, &action).await != Some(()) {
            return;
        }
    }
}

/// Runs the action; `None` if the connection must be closed.
async fn act(stream: &mut TcpStream, action: &Action) -> Option<()> {
    let head = |status: u16, headers: &str, length: usize| {
        let headers = format!("{headers}x-request-id: {REQUEST_ID}\r\ncontent-length: {length}");
        format!("HTTP/1.1 {status} Told\r\n{headers}\r\n\r\n").into_bytes()
    };
    match action {
        Action::Answer { status, headers, body } => {
            stream.write_all(&head(*status, headers, body.len())).await.ok()?;
            stream.write_all(body.as_bytes()).await.ok()
        }
        Action::Reset => reset(stream),
        Action::ResetAfterHeaders => {
            stream.write_all(&head(200, "", 100)).await.ok()?;
            reset(stream)
        }
        Action::Truncate { status, body } => {
            stream.write_all(&head(*status, "", body.len() + 1)).await.ok()?;
            stream.write_all(body.as_bytes()).await.ok()?;
            None
        }
        Action::SlowBytes(status) => {
            stream.write_all(&head(*status, "", 1_000_000)).await.ok()?;
            loop {
                stream.write_all(b" ").await.ok()?;
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
        Action::Hang => std::future::pending().await,
        Action::After(..) => unreachable!("the caller waits"),
        Action::Huge { status, bytes } => {
            stream.write_all(&head(*status, "", *bytes)).await.ok()?;
            let body = Cursor::new(vec![b'x'; 1 << 16]);
            for _ in 0..bytes / (1 << 16) {
                stream.write_all(body.get_ref()).await.ok()?;
            }
            Some(())
        }
    }
}

fn reset(stream: &TcpStream) -> Option<()> {
    stream.set_zero_linger().unwrap();
    None
}
