/// The methods of the client, with their operationIds.
pub(crate) static OPERATIONS: &[(&str, &str)] = &[
    ("ipsecgateways_delete", "ipsecgatewaysDelete"),
    ("ipsecgateways_find_by_id", "ipsecgatewaysFindById"),
    ("ipsecgateways_get", "ipsecgatewaysGet"),
    ("ipsecgateways_post", "ipsecgatewaysPost"),
    ("ipsecgateways_put", "ipsecgatewaysPut"),
    ("ipsecgateways_tunnels_delete", "ipsecgatewaysTunnelsDelete"),
    ("ipsecgateways_tunnels_find_by_id", "ipsecgatewaysTunnelsFindById"),
    ("ipsecgateways_tunnels_get", "ipsecgatewaysTunnelsGet"),
    ("ipsecgateways_tunnels_post", "ipsecgatewaysTunnelsPost"),
    ("ipsecgateways_tunnels_put", "ipsecgatewaysTunnelsPut"),
    ("wireguardgateways_delete", "wireguardgatewaysDelete"),
    ("wireguardgateways_find_by_id", "wireguardgatewaysFindById"),
    ("wireguardgateways_get", "wireguardgatewaysGet"),
    ("wireguardgateways_peers_delete", "wireguardgatewaysPeersDelete"),
    ("wireguardgateways_peers_find_by_id", "wireguardgatewaysPeersFindById"),
    ("wireguardgateways_peers_get", "wireguardgatewaysPeersGet"),
    ("wireguardgateways_peers_post", "wireguardgatewaysPeersPost"),
    ("wireguardgateways_peers_put", "wireguardgatewaysPeersPut"),
    ("wireguardgateways_post", "wireguardgatewaysPost"),
    ("wireguardgateways_put", "wireguardgatewaysPut"),
];
#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error as RawError, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
#[derive(Clone, Debug)]
/**Client for IONOS Cloud VPN Gateway API

API for IPSec gateways with their tunnels and WireGuard gateways with their peers, which connect the LANs of a virtual data center to other networks. This document is written from public documentation by the authors of the ionos-vpn crate. It is not the vendor's own file.

Version: 1.0.0*/
pub struct RawApi {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
    pub(crate) inner: crate::call::hook::Hook,
}
impl RawApi {
    /// Construct a new client with an existing `reqwest::Client`,
    /// allowing more control over its configuration.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new_with_client(
        baseurl: &str,
        client: reqwest::Client,
        inner: crate::call::hook::Hook,
    ) -> Self {
        Self {
            baseurl: baseurl.to_string(),
            client,
            inner,
        }
    }
}
impl ClientInfo<crate::call::hook::Hook> for RawApi {
    fn api_version() -> &'static str {
        "1.0.0"
    }
    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }
    fn client(&self) -> &reqwest::Client {
        &self.client
    }
    fn inner(&self) -> &crate::call::hook::Hook {
        &self.inner
    }
}
const _: () = {
    #[allow(dead_code)]
    fn assert_client_hooks()
    where
        RawApi: ClientHooks<crate::call::hook::Hook>,
    {}
};
#[allow(clippy::all)]
impl RawApi {
    /**Retrieve all IPSec Gateways

Returns the IPSec gateways of this region, page by page.

Sends a `GET` request to `/ipsecgateways`

Arguments:
- `limit`: The maximum number of IPSec gateways to return.
- `offset`: The number of IPSec gateways to skip.
*/
    pub async fn ipsecgateways_get<'a>(
        &'a self,
        limit: Option<i64>,
        offset: Option<i64>,
    ) -> Result<ResponseValue<types::IpSecGatewayReadList>, RawError<()>> {
        let url = format!("{}/ipsecgateways", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("limit", &limit))
            .query(&progenitor_client::QueryParam::new("offset", &offset))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "ipsecgateways_get",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(RawError::UnexpectedResponse(response)),
        }
    }
    /**Create IPSec Gateway

Creates an IPSec gateway. The server chooses its id.

Sends a `POST` request to `/ipsecgateways`

*/
    pub async fn ipsecgateways_post<'a>(
        &'a self,
        body: &'a types::IpSecGatewayCreate,
    ) -> Result<ResponseValue<types::IpSecGatewayRead>, RawError<()>> {
        let url = format!("{}/ipsecgateways", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "ipsecgateways_post",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(RawError::UnexpectedResponse(response)),
        }
    }
    /**Retrieve IPSec Gateway

Returns the IPSec gateway with this id. An IPSec gateway of another region is not found.

Sends a `GET` request to `/ipsecgateways/{gatewayId}`

Arguments:
- `gateway_id`: The ID (UUID) of the IPSec gateway.
*/
    pub async fn ipsecgateways_find_by_id<'a>(
        &'a self,
        gateway_id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<types::IpSecGatewayRead>, RawError<()>> {
        let url = format!(
            "{}/ipsecgateways/{}", self.baseurl, encode_path(& gateway_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "ipsecgateways_find_by_id",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(RawError::UnexpectedResponse(response)),
        }
    }
    /**Ensure IPSec Gateway

Creates the IPSec gateway with this id or replaces it as a whole. Fields that are missing in the request get their default or become empty. Earlier values are not kept.

Sends a `PUT` request to `/ipsecgateways/{gatewayId}`

Arguments:
- `gateway_id`: The ID (UUID) of the IPSec gateway.
- `body`
*/
    pub async fn ipsecgateways_put<'a>(
        &'a self,
        gateway_id: &'a ::uuid::Uuid,
        body: &'a types::IpSecGatewayEnsure,
    ) -> Result<ResponseValue<types::IpSecGatewayRead>, RawError<()>> {
        let url = format!(
            "{}/ipsecgateways/{}", self.baseurl, encode_path(& gateway_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .put(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "ipsecgateways_put",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(RawError::UnexpectedResponse(response)),
        }
    }
    /**Delete IPSec Gateway

Starts the deletion of the IPSec gateway.

Sends a `DELETE` request to `/ipsecgateways/{gatewayId}`

Arguments:
- `gateway_id`: The ID (UUID) of the IPSec gateway.
*/
    pub async fn ipsecgateways_delete<'a>(
        &'a self,
        gateway_id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<()>, RawError<()>> {
        let url = format!(
            "{}/ipsecgateways/{}", self.baseurl, encode_path(& gateway_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "ipsecgateways_delete",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(RawError::UnexpectedResponse(response)),
        }
    }
    /**Retrieve all IPSec Tunnels

Returns the IPSec tunnels of the IPSec gateway, page by page.

Sends a `GET` request to `/ipsecgateways/{gatewayId}/tunnels`

Arguments:
- `gateway_id`: The ID (UUID) of the IPSec gateway.
- `limit`: The maximum number of IPSec tunnels to return.
- `offset`: The number of IPSec tunnels to skip.
*/
    pub async fn ipsecgateways_tunnels_get<'a>(
        &'a self,
        gateway_id: &'a ::uuid::Uuid,
        limit: Option<i64>,
        offset: Option<i64>,
    ) -> Result<ResponseValue<types::IpSecTunnelReadList>, RawError<()>> {
        let url = format!(
            "{}/ipsecgateways/{}/tunnels", self.baseurl, encode_path(& gateway_id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("limit", &limit))
            .query(&progenitor_client::QueryParam::new("offset", &offset))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "ipsecgateways_tunnels_get",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(RawError::UnexpectedResponse(response)),
        }
    }
    /**Create IPSec Tunnel

Creates an IPSec tunnel. The server chooses its id.

Sends a `POST` request to `/ipsecgateways/{gatewayId}/tunnels`

Arguments:
- `gateway_id`: The ID (UUID) of the IPSec gateway.
- `body`
*/
    pub async fn ipsecgateways_tunnels_post<'a>(
        &'a self,
        gateway_id: &'a ::uuid::Uuid,
        body: &'a types::IpSecTunnelCreate,
    ) -> Result<ResponseValue<types::IpSecTunnelRead>, RawError<()>> {
        let url = format!(
            "{}/ipsecgateways/{}/tunnels", self.baseurl, encode_path(& gateway_id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "ipsecgateways_tunnels_post",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(RawError::UnexpectedResponse(response)),
        }
    }
    /**Retrieve IPSec Tunnel

Returns the IPSec tunnel with this id.

Sends a `GET` request to `/ipsecgateways/{gatewayId}/tunnels/{tunnelId}`

Arguments:
- `gateway_id`: The ID (UUID) of the IPSec gateway.
- `tunnel_id`: The ID (UUID) of the IPSec tunnel.
*/
    pub async fn ipsecgateways_tunnels_find_by_id<'a>(
        &'a self,
        gateway_id: &'a ::uuid::Uuid,
        tunnel_id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<types::IpSecTunnelRead>, RawError<()>> {
        let url = format!(
            "{}/ipsecgateways/{}/tunnels/{}", self.baseurl, encode_path(& gateway_id
            .to_string()), encode_path(& tunnel_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "ipsecgateways_tunnels_find_by_id",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(RawError::UnexpectedResponse(response)),
        }
    }
    /**Ensure IPSec Tunnel

Creates the IPSec tunnel with this id or replaces it as a whole. Fields that are missing in the request get their default or become empty. Earlier values are not kept.

Sends a `PUT` request to `/ipsecgateways/{gatewayId}/tunnels/{tunnelId}`

Arguments:
- `gateway_id`: The ID (UUID) of the IPSec gateway.
- `tunnel_id`: The ID (UUID) of the IPSec tunnel.
- `body`
*/
    pub async fn ipsecgateways_tunnels_put<'a>(
        &'a self,
        gateway_id: &'a ::uuid::Uuid,
        tunnel_id: &'a ::uuid::Uuid,
        body: &'a types::IpSecTunnelEnsure,
    ) -> Result<ResponseValue<types::IpSecTunnelRead>, RawError<()>> {
        let url = format!(
            "{}/ipsecgateways/{}/tunnels/{}", self.baseurl, encode_path(& gateway_id
            .to_string()), encode_path(& tunnel_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .put(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "ipsecgateways_tunnels_put",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(RawError::UnexpectedResponse(response)),
        }
    }
    /**Delete IPSec Tunnel

Starts the deletion of the IPSec tunnel.

Sends a `DELETE` request to `/ipsecgateways/{gatewayId}/tunnels/{tunnelId}`

Arguments:
- `gateway_id`: The ID (UUID) of the IPSec gateway.
- `tunnel_id`: The ID (UUID) of the IPSec tunnel.
*/
    pub async fn ipsecgateways_tunnels_delete<'a>(
        &'a self,
        gateway_id: &'a ::uuid::Uuid,
        tunnel_id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<()>, RawError<()>> {
        let url = format!(
            "{}/ipsecgateways/{}/tunnels/{}", self.baseurl, encode_path(& gateway_id
            .to_string()), encode_path(& tunnel_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "ipsecgateways_tunnels_delete",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(RawError::UnexpectedResponse(response)),
        }
    }
    /**Retrieve all WireGuard Gateways

Returns the WireGuard gateways of this region, page by page.

Sends a `GET` request to `/wireguardgateways`

Arguments:
- `limit`: The maximum number of WireGuard gateways to return.
- `offset`: The number of WireGuard gateways to skip.
*/
    pub async fn wireguardgateways_get<'a>(
        &'a self,
        limit: Option<i64>,
        offset: Option<i64>,
    ) -> Result<ResponseValue<types::WireguardGatewayReadList>, RawError<()>> {
        let url = format!("{}/wireguardgateways", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("limit", &limit))
            .query(&progenitor_client::QueryParam::new("offset", &offset))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "wireguardgateways_get",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(RawError::UnexpectedResponse(response)),
        }
    }
    /**Create WireGuard Gateway

Creates a WireGuard gateway. The server chooses its id.

Sends a `POST` request to `/wireguardgateways`

*/
    pub async fn wireguardgateways_post<'a>(
        &'a self,
        body: &'a types::WireguardGatewayCreate,
    ) -> Result<ResponseValue<types::WireguardGatewayRead>, RawError<()>> {
        let url = format!("{}/wireguardgateways", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "wireguardgateways_post",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(RawError::UnexpectedResponse(response)),
        }
    }
    /**Retrieve WireGuard Gateway

Returns the WireGuard gateway with this id. A WireGuard gateway of another region is not found.

Sends a `GET` request to `/wireguardgateways/{gatewayId}`

Arguments:
- `gateway_id`: The ID (UUID) of the WireGuard gateway.
*/
    pub async fn wireguardgateways_find_by_id<'a>(
        &'a self,
        gateway_id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<types::WireguardGatewayRead>, RawError<()>> {
        let url = format!(
            "{}/wireguardgateways/{}", self.baseurl, encode_path(& gateway_id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "wireguardgateways_find_by_id",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(RawError::UnexpectedResponse(response)),
        }
    }
    /**Ensure WireGuard Gateway

Creates the WireGuard gateway with this id or replaces it as a whole. Fields that are missing in the request get their default or become empty. Earlier values are not kept.

Sends a `PUT` request to `/wireguardgateways/{gatewayId}`

Arguments:
- `gateway_id`: The ID (UUID) of the WireGuard gateway.
- `body`
*/
    pub async fn wireguardgateways_put<'a>(
        &'a self,
        gateway_id: &'a ::uuid::Uuid,
        body: &'a types::WireguardGatewayEnsure,
    ) -> Result<ResponseValue<types::WireguardGatewayRead>, RawError<()>> {
        let url = format!(
            "{}/wireguardgateways/{}", self.baseurl, encode_path(& gateway_id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .put(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "wireguardgateways_put",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(RawError::UnexpectedResponse(response)),
        }
    }
    /**Delete WireGuard Gateway

Starts the deletion of the WireGuard gateway.

Sends a `DELETE` request to `/wireguardgateways/{gatewayId}`

Arguments:
- `gateway_id`: The ID (UUID) of the WireGuard gateway.
*/
    pub async fn wireguardgateways_delete<'a>(
        &'a self,
        gateway_id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<()>, RawError<()>> {
        let url = format!(
            "{}/wireguardgateways/{}", self.baseurl, encode_path(& gateway_id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "wireguardgateways_delete",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(RawError::UnexpectedResponse(response)),
        }
    }
    /**Retrieve all WireGuard Peers

Returns the WireGuard peers of the WireGuard gateway, page by page.

Sends a `GET` request to `/wireguardgateways/{gatewayId}/peers`

Arguments:
- `gateway_id`: The ID (UUID) of the WireGuard gateway.
- `limit`: The maximum number of WireGuard peers to return.
- `offset`: The number of WireGuard peers to skip.
*/
    pub async fn wireguardgateways_peers_get<'a>(
        &'a self,
        gateway_id: &'a ::uuid::Uuid,
        limit: Option<i64>,
        offset: Option<i64>,
    ) -> Result<ResponseValue<types::WireguardPeerReadList>, RawError<()>> {
        let url = format!(
            "{}/wireguardgateways/{}/peers", self.baseurl, encode_path(& gateway_id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("limit", &limit))
            .query(&progenitor_client::QueryParam::new("offset", &offset))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "wireguardgateways_peers_get",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(RawError::UnexpectedResponse(response)),
        }
    }
    /**Create WireGuard Peer

Creates a WireGuard peer. The server chooses its id.

Sends a `POST` request to `/wireguardgateways/{gatewayId}/peers`

Arguments:
- `gateway_id`: The ID (UUID) of the WireGuard gateway.
- `body`
*/
    pub async fn wireguardgateways_peers_post<'a>(
        &'a self,
        gateway_id: &'a ::uuid::Uuid,
        body: &'a types::WireguardPeerCreate,
    ) -> Result<ResponseValue<types::WireguardPeerRead>, RawError<()>> {
        let url = format!(
            "{}/wireguardgateways/{}/peers", self.baseurl, encode_path(& gateway_id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "wireguardgateways_peers_post",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(RawError::UnexpectedResponse(response)),
        }
    }
    /**Retrieve WireGuard Peer

Returns the WireGuard peer with this id.

Sends a `GET` request to `/wireguardgateways/{gatewayId}/peers/{peerId}`

Arguments:
- `gateway_id`: The ID (UUID) of the WireGuard gateway.
- `peer_id`: The ID (UUID) of the WireGuard peer.
*/
    pub async fn wireguardgateways_peers_find_by_id<'a>(
        &'a self,
        gateway_id: &'a ::uuid::Uuid,
        peer_id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<types::WireguardPeerRead>, RawError<()>> {
        let url = format!(
            "{}/wireguardgateways/{}/peers/{}", self.baseurl, encode_path(& gateway_id
            .to_string()), encode_path(& peer_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "wireguardgateways_peers_find_by_id",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(RawError::UnexpectedResponse(response)),
        }
    }
    /**Ensure WireGuard Peer

Creates the WireGuard peer with this id or replaces it as a whole. Fields that are missing in the request get their default or become empty. Earlier values are not kept.

Sends a `PUT` request to `/wireguardgateways/{gatewayId}/peers/{peerId}`

Arguments:
- `gateway_id`: The ID (UUID) of the WireGuard gateway.
- `peer_id`: The ID (UUID) of the WireGuard peer.
- `body`
*/
    pub async fn wireguardgateways_peers_put<'a>(
        &'a self,
        gateway_id: &'a ::uuid::Uuid,
        peer_id: &'a ::uuid::Uuid,
        body: &'a types::WireguardPeerEnsure,
    ) -> Result<ResponseValue<types::WireguardPeerRead>, RawError<()>> {
        let url = format!(
            "{}/wireguardgateways/{}/peers/{}", self.baseurl, encode_path(& gateway_id
            .to_string()), encode_path(& peer_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .put(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "wireguardgateways_peers_put",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(RawError::UnexpectedResponse(response)),
        }
    }
    /**Delete WireGuard Peer

Starts the deletion of the WireGuard peer.

Sends a `DELETE` request to `/wireguardgateways/{gatewayId}/peers/{peerId}`

Arguments:
- `gateway_id`: The ID (UUID) of the WireGuard gateway.
- `peer_id`: The ID (UUID) of the WireGuard peer.
*/
    pub async fn wireguardgateways_peers_delete<'a>(
        &'a self,
        gateway_id: &'a ::uuid::Uuid,
        peer_id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<()>, RawError<()>> {
        let url = format!(
            "{}/wireguardgateways/{}/peers/{}", self.baseurl, encode_path(& gateway_id
            .to_string()), encode_path(& peer_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "wireguardgateways_peers_delete",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(RawError::UnexpectedResponse(response)),
        }
    }
}
